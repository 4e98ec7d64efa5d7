#include "stix/deterministic_id.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "codec/canonical_json.h"

namespace comity::stix {
namespace {

using codec::JsonValue;

/// One row of section 6: the "ID Contributing Properties" of a type.
struct IdRow {
  std::string_view type;
  std::string_view section;
  std::array<std::string_view, 8> names;
};

constexpr std::array<IdRow, 18> kIdRows{{
    {"artifact", "6.1.1", {"hashes", "payload_bin"}},
    {"autonomous-system", "6.2.1", {"number"}},
    {"directory", "6.3.1", {"path"}},
    {"domain-name", "6.4.1", {"value"}},
    {"email-addr", "6.5.1", {"value"}},
    {"email-message", "6.6.1", {"from_ref", "subject", "body"}},
    {"file", "6.7.1", {"hashes", "name", "extensions", "parent_directory_ref"}},
    {"ipv4-addr", "6.8.1", {"value"}},
    {"ipv6-addr", "6.9.1", {"value"}},
    {"mac-addr", "6.10.1", {"value"}},
    {"mutex", "6.11.1", {"name"}},
    {"network-traffic",
     "6.12.1",
     {"start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols", "extensions"}},
    {"process", "6.13.1", {}},
    {"software", "6.14.1", {"name", "cpe", "swid", "vendor", "version"}},
    {"url", "6.15.1", {"value"}},
    {"user-account", "6.16.1", {"account_type", "user_id", "account_login"}},
    {"windows-registry-key", "6.17.1", {"key", "values"}},
    {"x509-certificate", "6.18.1", {"hashes", "serial_number"}},
}};

const IdRow* row_of(std::string_view type) {
  const auto found = std::ranges::find(kIdRows, type, &IdRow::type);
  return found == kIdRows.end() ? nullptr : &*found;
}

std::span<const std::string_view> names_of(const IdRow& row) {
  const auto end = std::ranges::find(row.names, std::string_view());
  return {row.names.begin(), end};
}

/// The canonical text of `hashes` with the one hash that counts, or nothing where that is open.
std::optional<std::string> chosen_hash(const JsonValue& hashes) {
  if (!hashes.is_object()) return std::nullopt;
  const auto alone = [](std::string_view name, const JsonValue& hash) {
    return codec::canonical_object({{name, codec::canonical_json(hash)}});
  };
  for (const std::string_view name : {"MD5", "SHA-1", "SHA-256", "SHA-512"})
    if (const auto hash = hashes.member(name)) return alone(name, *hash);
  const auto members = hashes.members();
  if (members.size() != 1) return std::nullopt;
  const auto only = *members.begin();
  return alone(only.key, JsonValue(only.value));
}

}  // namespace

const crypto::Uuid& observable_namespace() {
  static constexpr crypto::Uuid kNamespace{
      {std::byte{0x00}, std::byte{0xab}, std::byte{0xed}, std::byte{0xb4}, std::byte{0xaa},
       std::byte{0x42}, std::byte{0x46}, std::byte{0x6c}, std::byte{0x9c}, std::byte{0x01},
       std::byte{0xfe}, std::byte{0xd2}, std::byte{0x33}, std::byte{0x15}, std::byte{0xa9},
       std::byte{0xb7}}};
  return kNamespace;
}

std::span<const std::string_view> contributing_properties(std::string_view type) {
  const IdRow* row = row_of(type);
  return row ? names_of(*row) : std::span<const std::string_view>();
}

DeterministicId deterministic_id(std::string_view type, const JsonValue& object) {
  const IdRow* row = row_of(type);
  if (!row) return {};
  std::vector<codec::CanonicalMember> members;
  for (const std::string_view name : names_of(*row)) {
    const auto value = object.member(name);
    if (!value) continue;
    auto text = name == "hashes" ? chosen_hash(*value) : codec::canonical_json(*value);
    if (!text) return {IdRule::open, {}, row->section};
    members.push_back({name, *std::move(text)});
  }
  if (members.empty()) return {IdRule::random, {}, row->section};
  const std::string name = codec::canonical_object(std::move(members));
  return {IdRule::derived, crypto::uuid_v5(observable_namespace(), name), row->section};
}

}  // namespace comity::stix
