#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

#include "query/version.h"

namespace comity::query {

/// What objects are called, as of a size, kept once asked for. One thread; the snapshot must
/// outlive it.
class Names {
 public:
  [[nodiscard]] static Result<Names> open(const Snapshot& snapshot, std::uint64_t size);

  /// The first name of the version that is shown, or "" where it has none or is on hold.
  [[nodiscard]] Result<std::string> of(std::string_view id);

 private:
  Names(log::Prepared find, std::uint64_t size) : find_(std::move(find)), size_(size) {}

  log::Prepared find_;
  std::uint64_t size_;
  std::map<std::string, std::string, std::less<>> known_;
};

/// A name or alias that an object has.
struct Named {
  std::string text;
  bool alias = false;
};
[[nodiscard]] Result<std::vector<Named>> names_of(const Snapshot& snapshot, VersionKey version);

/// An object that shares a name with another one.
struct Namesake {
  Version version;
  std::string shared;  ///< as that object writes it
};
/// At most `limit` other actors (or campaigns, identities) that share a folded name with this one,
/// in the order of the log. That they are the same is not said.
[[nodiscard]] Result<std::vector<Namesake>> namesakes_of(const Snapshot& snapshot,
                                                         const Version& of, std::uint64_t size,
                                                         std::size_t limit);

}  // namespace comity::query
