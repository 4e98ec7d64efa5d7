#pragma once

#include <cstddef>
#include <string>

#include "query/overview.h"

namespace comity::cli {

/// An overview for a person: at most `most` rows of each table; every rate with what it is a rate
/// of.
[[nodiscard]] std::string overview_text(const query::Overview& overview, std::size_t most);

/// "22.0 % of 237"
[[nodiscard]] std::string rate_text(std::uint64_t part, std::uint64_t whole);

}  // namespace comity::cli
