#include "filing/control.h"

#include <utility>

#include "codec/cbor.h"
#include "filing/stix_id.h"

namespace comity::filing {
namespace {

constexpr std::size_t kTextBytes = 1024;

std::unexpected<Error> malformed_control(const std::string& what) {
  return refuse("control-malformed", "The control statement's payload is not well-formed. " + what);
}

// One overload of `read` and `write` per kind. `read` reads the members after the word.

Result<void> read(codec::CborReader& reader, ItemPlace& place) {
  COMITY_TRY(place.entry, reader.read_uint());
  COMITY_TRY(place.ordinal, reader.read_uint());
  return {};
}

Result<std::string> read_reason(codec::CborReader& reader) {
  COMITY_TRY(const auto text, reader.read_text());
  if (text.empty() || text.size() > kTextBytes)
    return malformed_control("Its ground and authority must each be 1 to 1,024 bytes of text.");
  return std::string(text);
}

Result<void> read(codec::CborReader& reader, Tick& tick) {
  COMITY_TRY(const auto seconds, reader.read_int());
  if (seconds < 0 || seconds > count(kLastSecond))
    return malformed_control("A tick's time must be seconds since 1970, up to the year 9999.");
  tick.time = UnixSeconds{seconds};
  return {};
}

Result<void> read(codec::CborReader& reader, Disclose& disclose) {
  COMITY_CHECK(read(reader, disclose.item));
  COMITY_TRY(disclose.id, reader.read_text());
  if (!is_stix_id(disclose.id))
    return malformed_control("The id of what is disclosed is no STIX id.");
  COMITY_TRY(const auto micros, reader.read_int());
  if (micros < 0)
    return malformed_control("The version of what is disclosed must not be negative.");
  disclose.version = UnixMicros{micros};
  COMITY_TRY(disclose.revoked, reader.read_bool());
  return {};
}

Result<void> read(codec::CborReader& reader, Erase& erase) {
  COMITY_CHECK(read(reader, erase.item));
  COMITY_TRY(erase.ground, read_reason(reader));
  COMITY_TRY(erase.authority, read_reason(reader));
  return {};
}

Result<void> read(codec::CborReader& reader, Hold& hold) {
  COMITY_CHECK(read(reader, hold.item));
  COMITY_TRY(hold.on, reader.read_bool());
  COMITY_TRY(hold.ground, read_reason(reader));
  COMITY_TRY(hold.authority, read_reason(reader));
  return {};
}

Result<void> read(codec::CborReader& reader, ActivateRules& rules) {
  COMITY_TRY(rules.version, reader.read_uint());
  return {};
}

Result<void> read(codec::CborReader& reader, FileDigest& digest) {
  COMITY_TRY(digest.size, reader.read_uint());
  COMITY_TRY(const auto bytes, reader.read_bytes(RecordDigest::kSize));
  digest.digest = RecordDigest::from(bytes);
  return {};
}

/// The word that each kind starts with, and the number of its members, that one included.
template <class Kind>
struct Form;
template <>
struct Form<Tick> {
  static constexpr std::string_view kWord = "tick";
  static constexpr std::size_t kMembers = 2;
};
template <>
struct Form<Disclose> {
  static constexpr std::string_view kWord = "disclose";
  static constexpr std::size_t kMembers = 6;
};
template <>
struct Form<Erase> {
  static constexpr std::string_view kWord = "erase";
  static constexpr std::size_t kMembers = 5;
};
template <>
struct Form<Hold> {
  static constexpr std::string_view kWord = "hold";
  static constexpr std::size_t kMembers = 6;
};
template <>
struct Form<ActivateRules> {
  static constexpr std::string_view kWord = "rules";
  static constexpr std::size_t kMembers = 2;
};
template <>
struct Form<FileDigest> {
  static constexpr std::string_view kWord = "digest";
  static constexpr std::size_t kMembers = 3;
};

template <class Kind>
Result<Control> read_as(codec::CborReader& reader, std::size_t members) {
  if (members != Form<Kind>::kMembers)
    return malformed_control("It has too many or too few members.");
  Kind control;
  COMITY_CHECK(read(reader, control));
  COMITY_CHECK(reader.end());
  return Control(std::move(control));
}

/// Like `parse_control`, with the CBOR reader's own codes.
Result<Control> parse_control_form(ByteView payload) {
  codec::CborReader reader(payload);
  COMITY_TRY(const auto members, reader.read_array());
  COMITY_TRY(const auto word, reader.read_text());
  if (word == Form<Tick>::kWord) return read_as<Tick>(reader, members);
  if (word == Form<Disclose>::kWord) return read_as<Disclose>(reader, members);
  if (word == Form<Erase>::kWord) return read_as<Erase>(reader, members);
  if (word == Form<Hold>::kWord) return read_as<Hold>(reader, members);
  if (word == Form<ActivateRules>::kWord) return read_as<ActivateRules>(reader, members);
  if (word == Form<FileDigest>::kWord) return read_as<FileDigest>(reader, members);
  return malformed_control("Its first member names no kind of control statement.");
}

void write(codec::CborWriter& writer, const ItemPlace& place) {
  writer.write_uint(place.entry);
  writer.write_uint(place.ordinal);
}

void write(codec::CborWriter& writer, const Tick& tick) { writer.write_int(count(tick.time)); }

void write(codec::CborWriter& writer, const Disclose& disclose) {
  write(writer, disclose.item);
  writer.write_text(disclose.id);
  writer.write_int(count(disclose.version));
  writer.write_bool(disclose.revoked);
}

void write(codec::CborWriter& writer, const Erase& erase) {
  write(writer, erase.item);
  writer.write_text(erase.ground);
  writer.write_text(erase.authority);
}

void write(codec::CborWriter& writer, const Hold& hold) {
  write(writer, hold.item);
  writer.write_bool(hold.on);
  writer.write_text(hold.ground);
  writer.write_text(hold.authority);
}

void write(codec::CborWriter& writer, const ActivateRules& rules) {
  writer.write_uint(rules.version);
}

void write(codec::CborWriter& writer, const FileDigest& digest) {
  writer.write_uint(digest.size);
  writer.write_bytes(digest.digest.view());
}

}  // namespace

Result<Control> parse_control(ByteView payload) {
  auto control = parse_control_form(payload);
  if (!control && control.error().code().starts_with("cbor-"))
    return malformed_control(control.error().sentence());
  return control;
}

Bytes write_control(const Control& control) {
  Bytes bytes;
  codec::CborWriter writer(bytes);
  std::visit(
      [&writer]<class Kind>(const Kind& body) {
        writer.write_array(Form<Kind>::kMembers);
        writer.write_text(Form<Kind>::kWord);
        write(writer, body);
      },
      control);
  return bytes;
}

Result<CheckedControl> check_control(Bytes statement, const FindKey& find_key) {
  COMITY_TRY(auto owned, OwnedStatement::parse(std::move(statement)));
  return check_control(std::move(owned), find_key);
}

Result<CheckedControl> check_control(OwnedStatement statement, const FindKey& find_key) {
  CheckedControl checked;
  checked.statement_ = std::move(statement);
  if (checked.statement().kind != StatementKind::control)
    return refuse("statement-not-control",
                  "A filing's statement stands where a control statement must.");
  COMITY_TRY(checked.control_, parse_control(checked.statement().payload));
  COMITY_TRY(const auto key, find_key(checked.statement().kid));
  COMITY_CHECK(verify_statement(checked.statement(), key));
  return checked;
}

}  // namespace comity::filing
