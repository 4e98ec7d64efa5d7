#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "query/fact_reader.h"

namespace comity::query {

/// Texts of words, each read once. One thread; the reader outlives it.
class WordTexts {
 public:
  explicit WordTexts(const FactReader& facts) : facts_(&facts) {}

  /// `none` for the number 0, which is no word's: nothing was stated.
  [[nodiscard]] Result<std::string> of(std::int64_t word, std::string_view none);

 private:
  const FactReader* facts_;
  std::unordered_map<std::int64_t, std::string> texts_;
};

}  // namespace comity::query
