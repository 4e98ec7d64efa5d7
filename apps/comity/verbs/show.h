#pragma once

#include <string>

#include "context.h"
#include "query/as_of.h"
#include "record_at.h"

namespace comity::cli {

struct ShowOptions {
  std::string directory;
  std::string what;
  query::AsOf as_of;
  bool raw = false;
  bool pretty = false;
};

[[nodiscard]] Result<Outcome> show_entry(RecordAt& at, std::uint64_t index, const Context& context);
/// Shows the party of that id, or whose key has that kid; false where it is neither.
[[nodiscard]] Result<bool> show_party(RecordAt& at, const std::string& what,
                                      const Context& context);

}  // namespace comity::cli
