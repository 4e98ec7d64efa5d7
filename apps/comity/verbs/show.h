#pragma once

#include <string>

#include "context.h"
#include "registry_directory.h"

namespace comity::cli {

struct ShowOptions {
  std::string directory;
  std::string what;
  bool raw = false;
  bool pretty = false;
};

[[nodiscard]] Result<Outcome> show_entry(const ReadRegistry& registry, std::uint64_t index,
                                         const Context& context);
/// Shows the party of that id, or whose key has that kid; false where it is neither.
[[nodiscard]] Result<bool> show_party(const ReadRegistry& registry, const std::string& what,
                                      const Context& context);

}  // namespace comity::cli
