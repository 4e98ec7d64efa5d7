#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "codec/cose_key.h"
#include "crypto/merkle.h"
#include "filing/control.h"
#include "filing/statement.h"
#include "rules/charter.h"

namespace comity::rules {

// The facts that admission rests on. Each is a plain value; a State answers with them, and
// Changes carries them.

/// What holds for the registry as a whole.
struct Standing {
  std::optional<Charter> charter;  ///< nothing before the founding entry
  std::string charter_id;          ///< STIX id of the charter, the same for ever
  UnixMicros charter_version{};    ///< of the charter in force; the next one's is later
  UnixSeconds time{};              ///< the log's time
  std::uint64_t rules_version = 1;

  bool operator==(const Standing&) const = default;
};

struct FiledStatement {
  filing::StatementKey key;
  std::uint64_t index = 0;
  crypto::LeafHash leaf;  ///< tells the same signature from another one

  bool operator==(const FiledStatement&) const = default;
};

struct Party {
  std::string id;
  Group group = Group::research;
  std::string country;
  std::string controller;
  bool suspended = false;
  std::uint64_t admitted_at = 0;     ///< index of the entry that first admitted it
  UnixSeconds admitted_time{};       ///< the log's time then: tenure counts from it
  std::uint64_t standing_since = 0;  ///< entry of the last change; older sponsorships don't count

  bool operator==(const Party&) const = default;
};

struct Key {
  codec::KeyId kid;
  crypto::PublicKey key;
  std::string party;
  bool custody = false;
  std::uint64_t added_at = 0;
  std::optional<std::uint64_t> revoked_at;

  /// Whether it may sign the entry at `index`.
  [[nodiscard]] bool active_at(std::uint64_t index) const {
    return added_at < index && (!revoked_at || index <= *revoked_at);
  }
  bool operator==(const Key&) const = default;
};

/// One sponsor's last word about a party: (party, sponsor) is the key. It counts while no change of
/// the party's standing is as late as `entry`.
struct Sponsorship {
  std::string sponsor;
  AdmissionNote note;
  std::uint64_t entry = 0;

  bool operator==(const Sponsorship&) const = default;
};

struct Version {
  std::string party;
  std::string id;
  UnixMicros version{};
  filing::ItemPlace place;
  bool revoked = false;

  bool operator==(const Version&) const = default;
};

/// What control statements have done to an item; absent where none has.
struct ItemMarks {
  filing::ItemPlace place;
  bool disclosed = false;
  bool erased = false;
  bool held = false;
  std::uint64_t disclosed_at = 0;  ///< the disclosing entry, whose segment holds the public copy

  bool operator==(const ItemMarks&) const = default;
};

/// A key that was announced by a key note in an earlier entry, waiting for the admission that makes
/// it a party's first (sponsors admit over several entries).
struct AnnouncedKey {
  KeyNote note;  ///< always an `add`, never in custody
  std::uint64_t entry = 0;

  bool operator==(const AnnouncedKey&) const = default;
};

/// What admission may ask about the log so far. Any answer may fail with a fault; none is ever a
/// guess. Implementations: Overlay (a batch in the making), the log's SQLite store, a test's maps.
class State {
 public:
  virtual ~State() = default;
  /// How many entries these facts are folded from.
  virtual Result<std::uint64_t> size() const = 0;
  virtual Result<Standing> standing() const = 0;
  virtual Result<std::optional<FiledStatement>> statement(const filing::StatementKey&) const = 0;
  virtual Result<std::optional<Party>> party(std::string_view id) const = 0;
  virtual Result<std::optional<Key>> key(const codec::KeyId&) const = 0;
  /// All keys of a party, by the entry that added them, then by kid.
  virtual Result<std::vector<Key>> keys_of(std::string_view party) const = 0;
  virtual Result<std::optional<AnnouncedKey>> announced_key(const codec::KeyId&) const = 0;
  /// By sponsor.
  virtual Result<std::vector<Sponsorship>> sponsorships(std::string_view party) const = 0;
  virtual Result<std::optional<Version>> version(std::string_view party, std::string_view id,
                                                 UnixMicros version) const = 0;
  /// The version of (party, id) that revoked it, if one did.
  virtual Result<std::optional<Version>> revocation(std::string_view party,
                                                    std::string_view id) const = 0;
  virtual Result<std::optional<ItemMarks>> marks(const filing::ItemPlace&) const = 0;
};

/// What one or more entries change, to be applied at once and in this order; a later value of the
/// same key replaces an earlier one.
struct Changes {
  std::optional<Standing> standing;
  std::vector<FiledStatement> statements;
  std::vector<Party> parties;
  std::vector<Key> keys;
  std::vector<AnnouncedKey> announced_keys;
  std::vector<Sponsorship> sponsorships;  ///< the party is `note.party`
  std::vector<Version> versions;
  std::vector<ItemMarks> marks;
};

/// Finds keys for `filing::check` and its like, among those registered and those announced. The
/// state outlives what is returned; same thread.
[[nodiscard]] filing::FindKey find_key_in(const State& state);

}  // namespace comity::rules
