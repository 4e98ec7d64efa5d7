#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/cose_key.h"
#include "codec/json.h"
#include "crypto/public_key.h"

namespace comity::rules {

/// The stakeholder groups: the only list, for parties and claimants.
enum class Group { government, intergovernmental, industry, civil_society, research, media };

/// "civil-society" and the like; nothing for a word that is no group.
[[nodiscard]] std::optional<Group> group_of(std::string_view word);
[[nodiscard]] std::string_view word_of(Group group);
/// Government and intergovernmental count as one where breadth is counted.
[[nodiscard]] Group breadth_of(Group group);

/// The constitution of a registry: `docs/formats/charter.md`.
struct Charter {
  std::string origin;
  std::string registrar;
  std::string vkey;
  crypto::PublicKey receipt_key;
  bool by_sponsors = false;  ///< else the registrar admits
  int sponsors = 0;          ///< distinct controllers needed
  int groups = 0;            ///< distinct groups needed
  int tenure_days = 30;

  bool operator==(const Charter&) const = default;
};

enum class KeyAction { add, revoke };

/// A key note: a party adds a key, with proof that somebody holds it, or revokes one.
struct KeyNote {
  std::string party;
  KeyAction action = KeyAction::add;
  codec::KeyId kid;
  std::optional<crypto::PublicKey> key;  ///< add only: `kid` is its thumbprint
  bool custody = false;
  Bytes proof;  ///< add only; not verified, for that needs the origin

  bool operator==(const KeyNote&) const = default;
};

enum class Decision { admit, suspend, reinstate };

/// An admission note: what the registrar or a sponsor decides about a party.
struct AdmissionNote {
  std::string party;
  Decision decision = Decision::admit;
  Group group = Group::research;  ///< admit only, like the three below
  std::string country;            ///< ISO 3166-1 alpha-2, or empty
  std::string controller;         ///< the party itself where the note names none
  codec::KeyId kid;

  bool operator==(const AdmissionNote&) const = default;
};

// Read the notes of the three kinds; refuse `charter-malformed`, `key-note-malformed` and
// `admission-malformed`.
[[nodiscard]] Result<Charter> parse_charter(ByteView object, codec::JsonReader& reader);
[[nodiscard]] Result<KeyNote> parse_key_note(ByteView object, codec::JsonReader& reader);
[[nodiscard]] Result<AdmissionNote> parse_admission(ByteView object, codec::JsonReader& reader);

/// The text that the new key signs to prove possession.
[[nodiscard]] std::string key_proof_text(std::string_view origin, std::string_view party,
                                         const codec::KeyId& kid);

}  // namespace comity::rules
