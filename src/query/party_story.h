#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "codec/cose_key.h"
#include "crypto/public_key.h"

#include "query/json.h"
#include "query/party.h"
#include "query/record_at.h"

namespace comity::query {

/// What a note about a party says.
struct PartyEvent {
  std::uint64_t entry = 0;
  UnixSeconds time{};
  std::string what;
};

struct PartyStory {
  Party party;
  std::string name;
  std::string controller;  ///< its name, or its id
  std::uint64_t filings = 0;
  std::vector<PartyKey> keys;
  std::map<codec::KeyId, crypto::PublicKey> public_keys;  ///< as the notes that add them have them
  std::vector<PartyEvent> history;                        ///< in the order of the log

  [[nodiscard]] const crypto::PublicKey* public_key(const codec::KeyId& kid) const {
    const auto found = public_keys.find(kid);
    return found == public_keys.end() ? nullptr : &found->second;
  }
};

/// The party of that id, or whose key has that kid; nothing where it is neither.
[[nodiscard]] Result<std::optional<Party>> find_party(const RecordAt& at, const std::string& what);

[[nodiscard]] Result<PartyStory> tell_party(RecordAt& at, Party party);
/// The party for programs.
[[nodiscard]] Json party_json(const PartyStory& story, std::uint64_t size);

struct ListedParty {
  Party party;
  std::string name;  ///< may be empty
  std::size_t active_keys = 0;
};

/// All, in the order of their admission.
[[nodiscard]] Result<std::vector<ListedParty>> list_parties(RecordAt& at);
[[nodiscard]] Json parties_json(const std::vector<ListedParty>& parties, const std::string& origin,
                                std::uint64_t size);

}  // namespace comity::query
