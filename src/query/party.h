#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "codec/cose_key.h"

#include "query/version.h"

namespace comity::query {

/// A party as the rules have it, as of a size.
struct Party {
  ObjectKey object{};
  std::string id;
  std::string group;
  std::string country;     ///< may be empty
  std::string controller;  ///< the party itself where nobody else controls it
  bool suspended = false;
  std::uint64_t admitted = 0;  ///< index of the entry
  UnixSeconds admitted_time{};
};

struct PartyKey {
  codec::KeyId kid;
  bool custody = false;
  std::uint64_t added = 0;
  std::optional<std::uint64_t> revoked;
};

[[nodiscard]] Result<std::optional<Party>> party_of(const Snapshot& snapshot, std::string_view id,
                                                    std::uint64_t size);
/// The party that has a key of that kid, revoked or not.
[[nodiscard]] Result<std::optional<Party>> party_with_key(const Snapshot& snapshot,
                                                          const codec::KeyId& kid,
                                                          std::uint64_t size);
/// All, in the order of their admission.
[[nodiscard]] Result<std::vector<Party>> parties(const Snapshot& snapshot, std::uint64_t size);
/// In the order in which they were added.
[[nodiscard]] Result<std::vector<PartyKey>> keys_of(const Snapshot& snapshot, ObjectKey party,
                                                    std::uint64_t size);
/// How many entries it has signed that are filings.
[[nodiscard]] Result<std::uint64_t> filings_of(const Snapshot& snapshot, ObjectKey party,
                                               std::uint64_t size);
/// Every version of notes of that kind ("admission", "key") about the party, by whoever filed them,
/// in the order of the log.
[[nodiscard]] Result<std::vector<Version>> notes_about(const Snapshot& snapshot, ObjectKey party,
                                                       std::string_view kind, std::uint64_t size);

}  // namespace comity::query
