#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/json.h"
#include "query/search_request.h"

namespace comity::query {

/// A page of what was found, for programs. `near` is what may have been meant where nothing was.
[[nodiscard]] Json search_json(const SearchPage& page, const std::vector<std::string>& near);

/// A date as exact as it is known: "2017", "2017-06", "2017-06-27"; "" for none.
[[nodiscard]] std::string print(const std::optional<FoundDate>& date);

}  // namespace comity::query
