#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "log/sqlite.h"

namespace comity::query {

/// STIX ids of the record's objects by their numbers. One thread; the database outlives it.
class StixIds {
 public:
  [[nodiscard]] static Result<StixIds> open(const log::Database& database);
  /// A fault where there is no such object.
  [[nodiscard]] Result<std::string> of(std::int64_t object) const;

 private:
  log::Prepared find_;
};

}  // namespace comity::query
