#include "rules/charter.h"

#include <array>
#include <utility>

#include "crypto/vkey.h"
#include "filing/object.h"
#include "filing/statement.h"

namespace comity::rules {
namespace {

constexpr std::array<std::pair<Group, std::string_view>, 6> kGroups{{
    {Group::government, "government"},
    {Group::intergovernmental, "intergovernmental"},
    {Group::industry, "industry"},
    {Group::civil_society, "civil-society"},
    {Group::research, "research"},
    {Group::media, "media"},
}};

constexpr int kMaxSponsors = 64;
constexpr int kMaxTenureDays = 3650;

/// What is wrong with a note, in a few words: the parsers below make the refusal of it.
template <class T>
using Read = std::expected<T, std::string>;

std::unexpected<std::string> wrong(std::string what) { return std::unexpected(std::move(what)); }

#define READ(declaration, expression)                                \
  auto COMITY_CONCAT(read_, __LINE__) = (expression);                \
  if (!COMITY_CONCAT(read_, __LINE__))                               \
    return wrong(std::move(COMITY_CONCAT(read_, __LINE__)).error()); \
  declaration = std::move(COMITY_CONCAT(read_, __LINE__)).value()

Read<std::string_view> text(const codec::JsonObject& ext, std::string_view name) {
  const auto value = ext.text(name);
  if (!value || !*value) return wrong("`" + std::string(name) + "` must be a text");
  return **value;
}

Read<std::string> party_id(const codec::JsonObject& ext, std::string_view name) {
  READ(const auto value, text(ext, name));
  if (!filing::is_party_id(value)) return wrong("`" + std::string(name) + "` is no identity's id");
  return std::string(value);
}

Read<int> integer(const codec::JsonObject& object, std::string_view name, int least, int most) {
  const auto value = object.integer(name);
  if (!value || !*value || **value < least || **value > most)
    return wrong("`" + std::string(name) + "` must be an integer from " + std::to_string(least) +
                 " to " + std::to_string(most));
  return static_cast<int>(**value);
}

Read<codec::KeyId> key_id(const codec::JsonObject& ext) {
  READ(const auto value, text(ext, "kid"));
  const auto bytes = from_base64url(value);
  if (!bytes || bytes->size() != codec::KeyId::kSize)
    return wrong("`kid` must be 32 bytes in base64url");
  return codec::KeyId::from(*bytes);
}

Read<crypto::PublicKey> public_key(const codec::JsonObject& ext, std::string_view name) {
  READ(const auto value, text(ext, name));
  const auto bytes = from_base64url(value);
  if (!bytes) return wrong("`" + std::string(name) + "` must be a COSE_Key in base64url");
  auto key = codec::parse_cose_key(*bytes);
  if (!key) return wrong("`" + std::string(name) + "`: " + key.error().sentence());
  return *std::move(key);
}

/// The extension of a note of that kind. The reader must not read again while it is in use.
Read<codec::JsonObject> extension(ByteView object, std::string_view kind,
                                  codec::JsonReader& reader) {
  auto note = reader.read(object);
  if (!note) return wrong(note.error().sentence());
  READ(const auto type, text(*note, "type"));
  if (type != "note") return wrong("its type must be `note`");
  const auto extensions = note->object("extensions");
  if (!extensions || !*extensions) return wrong("`extensions` is missing");
  const auto ext = (*extensions)->object(filing::kExtensionId);
  if (!ext || !*ext) return wrong("Comity's extension is missing");
  READ(const auto found, text(**ext, "kind"));
  if (found != kind) return wrong("its kind must be `" + std::string(kind) + "`");
  return **ext;
}

Read<void> read_admission_rule(const codec::JsonObject& ext, Charter& charter) {
  const auto admission = ext.object("admission");
  if (!admission || !*admission) return wrong("`admission` must be an object");
  READ(const auto by, text(**admission, "by"));
  if (by == "registrar") return {};
  if (by != "sponsors") return wrong("`by` must be `registrar` or `sponsors`");
  charter.by_sponsors = true;
  READ(charter.sponsors, integer(**admission, "sponsors", 1, kMaxSponsors));
  READ(charter.groups, integer(**admission, "groups", 1, charter.sponsors));
  return {};
}

Read<Charter> read_charter(ByteView object, codec::JsonReader& reader) {
  READ(const auto ext, extension(object, "charter", reader));
  READ(const auto origin, text(ext, "origin"));
  if (!filing::is_origin(origin)) return wrong("`origin` is no registry's name");
  READ(auto registrar, party_id(ext, "registrar"));
  READ(const auto vkey_text, text(ext, "vkey"));
  const auto vkey = crypto::parse_vkey(vkey_text);
  if (!vkey) return wrong("`vkey`: " + vkey.error().sentence());
  if (vkey->name != origin) return wrong("the name of `vkey` must be the origin");
  READ(const auto receipt_key, public_key(ext, "receipt_key"));
  Charter charter{.origin = std::string(origin),
                  .registrar = std::move(registrar),
                  .vkey = std::string(vkey_text),
                  .receipt_key = receipt_key};
  if (auto rule = read_admission_rule(ext, charter); !rule) return wrong(std::move(rule).error());
  READ(charter.tenure_days, integer(ext, "tenure_days", 0, kMaxTenureDays));
  return charter;
}

Read<KeyNote> read_key_note(ByteView object, codec::JsonReader& reader) {
  READ(const auto ext, extension(object, "key", reader));
  KeyNote note;
  READ(note.party, party_id(ext, "party"));
  READ(note.kid, key_id(ext));
  READ(const auto action, text(ext, "action"));
  if (action == "revoke") {
    note.action = KeyAction::revoke;
    return note;
  }
  if (action != "add") return wrong("`action` must be `add` or `revoke`");
  READ(note.key, public_key(ext, "key"));
  if (codec::key_id(*note.key) != note.kid) return wrong("`kid` is not the thumbprint of `key`");
  const auto custody = ext.boolean("custody");
  if (!custody) return wrong("`custody` must be true or false");
  note.custody = custody->value_or(false);
  READ(const auto proof, text(ext, "proof"));
  auto signature = from_base64url(proof);
  if (!signature || signature->size() != sizeof(crypto::Signature))
    return wrong("`proof` must be a signature of 64 bytes in base64url");
  note.proof = *std::move(signature);
  return note;
}

bool is_country(std::string_view code) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  return code.size() == 2 && is_letter(code[0]) && is_letter(code[1]);
}

Read<void> read_standing(const codec::JsonObject& ext, AdmissionNote& note) {
  READ(const auto word, text(ext, "group"));
  const auto group = group_of(word);
  if (!group) return wrong("`group` is no stakeholder group");
  note.group = *group;
  if (ext.kind("country")) {
    READ(const auto country, text(ext, "country"));
    if (!is_country(country)) return wrong("`country` must be two capital letters (ISO 3166-1)");
    note.country = country;
  }
  note.controller = note.party;
  if (ext.kind("controller")) {
    READ(note.controller, party_id(ext, "controller"));
  }
  READ(note.kid, key_id(ext));
  return {};
}

Read<AdmissionNote> read_admission(ByteView object, codec::JsonReader& reader) {
  READ(const auto ext, extension(object, "admission", reader));
  AdmissionNote note;
  READ(note.party, party_id(ext, "party"));
  READ(const auto decision, text(ext, "decision"));
  if (decision == "admit") {
    if (auto standing = read_standing(ext, note); !standing)
      return wrong(std::move(standing).error());
    return note;
  }
  if (decision == "suspend")
    note.decision = Decision::suspend;
  else if (decision == "reinstate")
    note.decision = Decision::reinstate;
  else
    return wrong("`decision` must be `admit`, `suspend` or `reinstate`");
  return note;
}

#undef READ

}  // namespace

std::optional<Group> group_of(std::string_view word) {
  for (const auto& [group, name] : kGroups)
    if (name == word) return group;
  return std::nullopt;
}

std::string_view word_of(Group group) {
  for (const auto& [known, name] : kGroups)
    if (known == group) return name;
  COMITY_ASSERT(false);
  return {};
}

Group breadth_of(Group group) {
  return group == Group::intergovernmental ? Group::government : group;
}

Result<Charter> parse_charter(ByteView object, codec::JsonReader& reader) {
  auto charter = read_charter(object, reader);
  if (!charter)
    return refuse("charter-malformed",
                  "The charter can't be read: " + charter.error() + ". Correct it and file again.");
  return *std::move(charter);
}

Result<KeyNote> parse_key_note(ByteView object, codec::JsonReader& reader) {
  auto note = read_key_note(object, reader);
  if (!note)
    return refuse("key-note-malformed",
                  "The key note can't be read: " + note.error() + ". Correct it and file again.");
  return *std::move(note);
}

Result<AdmissionNote> parse_admission(ByteView object, codec::JsonReader& reader) {
  auto note = read_admission(object, reader);
  if (!note)
    return refuse("admission-malformed", "The admission note can't be read: " + note.error() +
                                             ". Correct it and file again.");
  return *std::move(note);
}

std::string key_proof_text(std::string_view origin, std::string_view party,
                           const codec::KeyId& kid) {
  std::string proof_text = "comity key proof v1\n";
  proof_text.append(origin).append("\n");
  proof_text.append(party).append("\n");
  proof_text.append(to_base64url(kid.view())).append("\n");
  return proof_text;
}

}  // namespace comity::rules
