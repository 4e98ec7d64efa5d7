#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "measure/rational.h"

#include "query/tally.h"

namespace comity::query {

/// A document of figures by name, in the order in which they are given.
using Figures = nlohmann::ordered_json;

/// How many of how many, in percent with two digits; nothing (null) of none.
[[nodiscard]] Figures percent(std::uint64_t part, std::uint64_t whole);
/// {"n": part, "pct": percent}
[[nodiscard]] Figures share(std::uint64_t part, std::uint64_t whole);
/// A whole number where it is one; null where there is none.
[[nodiscard]] Figures number(const std::optional<measure::Rational>& value);
/// The same with so many digits behind the point, at most 6; a tie to the even digit.
[[nodiscard]] Figures rounded_number(const std::optional<measure::Rational>& value,
                                     unsigned digits);

/// [["text", count], ...], [["text", "text", count], ...]; the first `most` of them.
template <std::size_t kTexts>
[[nodiscard]] Figures listed(const Tally<kTexts>& tally, std::size_t most = SIZE_MAX) {
  Figures list = Figures::array();
  for (const auto& it : tally) {
    if (list.size() == most) break;
    Figures item = Figures::array();
    for (const auto& text : it.texts) item.push_back(text);
    item.push_back(it.count);
    list.push_back(std::move(item));
  }
  return list;
}

}  // namespace comity::query
