#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/moment.h"

/// One actor under many names: APT28, Fancy Bear, Forest Blizzard.
///
/// The record has an actor as often as somebody filed one. Two of its objects are taken for one
/// actor where the first name of one is a name or an alias of the other, names compared folded
/// (record/fold_name.h). An alias that both have doesn't join them: "Grizzly Steppe" is an alias of
/// APT28 and of APT29. Nothing is joined through a third. This serves search and display; no claim
/// is counted by it.
namespace comity::query {

struct SoughtActor {
  std::vector<std::int64_t> objects;   ///< sorted; empty where no actor of the record has that name
  std::vector<std::string> names;      ///< of all of them, each once however it is written
  std::vector<std::string> own_names;  ///< those of them that no other actor of the record bears

  [[nodiscard]] bool is_known() const { return !objects.empty(); }
};

/// The actor whom a name, an alias or a STIX id means, as of that moment.
[[nodiscard]] Result<SoughtActor> find_actor(const Moment& moment, std::string_view name);

/// The versions of claims that name one of its objects, the last filed first, at most `limit`; not
/// all of them need be shown.
[[nodiscard]] Result<std::vector<std::int64_t>> claims_naming(const Moment& moment,
                                                              const SoughtActor& actor,
                                                              std::size_t limit);

}  // namespace comity::query
