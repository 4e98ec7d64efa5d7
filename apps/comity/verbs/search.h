#pragma once

#include <string>
#include <vector>

#include "context.h"
#include "query/search_request.h"

namespace comity::cli {

/// What `comity search` is asked for, as it stands on the command line.
struct SearchOptions {
  std::string directory;
  std::vector<std::string> words;
  std::string kind = "incidents";
  std::string order = "best";
  std::string from;
  std::string to;
  bool surely = false;
  query::SearchFilters filters;
  query::AsOf as_of;
  std::string as_of_text;
  std::uint32_t limit = 20;
  std::string after;
  bool facets = false;

  /// The command line for the next page, as a shell takes it.
  [[nodiscard]] std::string command(const std::string& cursor) const;
};

/// What is found, for a person: two or three lines a hit.
[[nodiscard]] std::string search_text(const query::SearchPage& page, const SearchOptions& options,
                                      const std::vector<std::string>& near);

}  // namespace comity::cli
