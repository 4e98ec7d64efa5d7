#pragma once

#include <string>

#include "base/time.h"

#include "query/search_request.h"

namespace comity::views {

/// Of which search of which registry a feed is.
struct AtomHead {
  std::string origin;
  std::string title;     ///< of the registry
  std::string base_url;  ///< what stands before a path in links; may be empty
  std::string target;    ///< of the request: "/feed.atom?q=ransomware"
  UnixSeconds updated{};
};

/// A feed (Atom, RFC 4287) of what was found, an entry each. An entry's id is that of its object,
/// for ever; its time is that of the filing of the version that is shown.
[[nodiscard]] std::string atom_feed(const AtomHead& head, const query::SearchPage& page);

}  // namespace comity::views
