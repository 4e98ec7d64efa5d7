#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "codec/canonical_json.h"
#include "stix/deterministic_id.h"

#include "tests/fuzz_target.h"

/// For every type, the UUID is that of the canonical text of an object that another library has cut
/// down to what contributes.
COMITY_FUZZ_TARGET(stix_deterministic_id_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  codec::JsonReader reader;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto read = reader.read(bytes);
  if (!read) return 0;
  const codec::JsonValue object(*read);
  for (const std::string_view type :
       {"artifact", "email-message", "file", "network-traffic", "process", "software", "url",
        "user-account", "windows-registry-key", "x509-certificate", "x-other"}) {
    const stix::DeterministicId id = stix::deterministic_id(type, object);
    auto contributing = nlohmann::json::object();
    const auto whole = nlohmann::json::parse(as_text(bytes));
    for (const std::string_view name : stix::contributing_properties(type))
      if (const auto found = whole.find(std::string(name)); found != whole.end())
        contributing[std::string(name)] = *found;
    if (id.rule == stix::IdRule::random) COMITY_ASSERT(contributing.empty());
    if (id.rule != stix::IdRule::derived) continue;
    COMITY_ASSERT(!contributing.empty());
    if (contributing.contains("hashes") && contributing["hashes"].size() != 1) continue;
    codec::JsonReader second;
    const auto cut = second.read(as_bytes(contributing.dump()));
    if (!cut) continue;  // written longer than it stood there
    const std::string name = codec::canonical_json(codec::JsonValue(*cut));
    COMITY_ASSERT(id.uuid == crypto::uuid_v5(stix::observable_namespace(), name));
  }
  return 0;
}
