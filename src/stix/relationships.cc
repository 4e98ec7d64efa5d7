#include "stix/relationships.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "stix/identifier.h"
#include "stix/schema.h"

namespace comity::stix {
namespace {

struct Row {
  std::string_view source;
  std::string_view relationship;
  std::uint64_t targets;
};

constexpr std::uint64_t kVictims = bits({"identity", "location", "vulnerability"});
constexpr std::uint64_t kMeans = bits({"attack-pattern", "infrastructure", "malware", "tool"});
constexpr std::uint64_t kAddresses = bits({"ipv4-addr", "ipv6-addr", "domain-name", "url"});

// In the order of the specification, sections 4.1.2 to 4.19.2, then 6.4.2 to 6.9.2.
constexpr std::array kRows = {
    Row{"attack-pattern", "delivers", bits({"malware"})},
    Row{"attack-pattern", "targets", kVictims},
    Row{"attack-pattern", "uses", bits({"malware", "tool"})},
    Row{"campaign", "attributed-to", bits({"intrusion-set", "threat-actor"})},
    Row{"campaign", "compromises", bits({"infrastructure"})},
    Row{"campaign", "originates-from", bits({"location"})},
    Row{"campaign", "targets", kVictims},
    Row{"campaign", "uses", kMeans},
    Row{"course-of-action", "investigates", bits({"indicator"})},
    Row{"course-of-action", "mitigates",
        bits({"attack-pattern", "indicator", "malware", "tool", "vulnerability"})},
    Row{"course-of-action", "remediates", bits({"malware", "vulnerability"})},
    Row{"identity", "located-at", bits({"location"})},
    Row{"indicator", "indicates",
        bits({"attack-pattern", "campaign", "infrastructure", "intrusion-set", "malware",
              "threat-actor", "tool"})},
    Row{"indicator", "based-on", bits({"observed-data"})},
    Row{"infrastructure", "communicates-with", kAddresses | bits({"infrastructure"})},
    Row{"infrastructure", "consists-of",
        kObservableTypes | bits({"infrastructure", "observed-data"})},
    Row{"infrastructure", "controls", bits({"infrastructure", "malware"})},
    Row{"infrastructure", "delivers", bits({"malware"})},
    Row{"infrastructure", "has", bits({"vulnerability"})},
    Row{"infrastructure", "hosts", bits({"tool", "malware"})},
    Row{"infrastructure", "located-at", bits({"location"})},
    Row{"infrastructure", "uses", bits({"infrastructure"})},
    Row{"intrusion-set", "attributed-to", bits({"threat-actor"})},
    Row{"intrusion-set", "compromises", bits({"infrastructure"})},
    Row{"intrusion-set", "hosts", bits({"infrastructure"})},
    Row{"intrusion-set", "owns", bits({"infrastructure"})},
    Row{"intrusion-set", "originates-from", bits({"location"})},
    Row{"intrusion-set", "targets", kVictims},
    Row{"intrusion-set", "uses", kMeans},
    Row{"malware", "authored-by", bits({"threat-actor", "intrusion-set"})},
    Row{"malware", "beacons-to", bits({"infrastructure"})},
    Row{"malware", "exfiltrates-to", bits({"infrastructure"})},
    Row{"malware", "communicates-with", kAddresses},
    Row{"malware", "controls", bits({"malware"})},
    Row{"malware", "downloads", bits({"malware", "tool", "file"})},
    Row{"malware", "drops", bits({"malware", "tool", "file"})},
    Row{"malware", "exploits", bits({"vulnerability"})},
    Row{"malware", "originates-from", bits({"location"})},
    Row{"malware", "targets", kVictims | bits({"infrastructure"})},
    Row{"malware", "uses", kMeans},
    Row{"malware", "variant-of", bits({"malware"})},
    Row{"malware-analysis", "characterizes", bits({"malware"})},
    Row{"malware-analysis", "analysis-of", bits({"malware"})},  // before Errata 01
    Row{"malware-analysis", "av-analysis-of", bits({"malware"})},
    Row{"malware-analysis", "static-analysis-of", bits({"malware"})},
    Row{"malware-analysis", "dynamic-analysis-of", bits({"malware"})},
    Row{"threat-actor", "attributed-to", bits({"identity"})},
    Row{"threat-actor", "compromises", bits({"infrastructure"})},
    Row{"threat-actor", "hosts", bits({"infrastructure"})},
    Row{"threat-actor", "owns", bits({"infrastructure"})},
    Row{"threat-actor", "impersonates", bits({"identity"})},
    Row{"threat-actor", "located-at", bits({"location"})},
    Row{"threat-actor", "targets", kVictims},
    Row{"threat-actor", "uses", kMeans},
    Row{"tool", "delivers", bits({"malware"})},
    Row{"tool", "drops", bits({"malware"})},
    Row{"tool", "has", bits({"vulnerability"})},
    Row{"tool", "targets", kVictims | bits({"infrastructure"})},
    Row{"tool", "uses", bits({"infrastructure"})},
    Row{"domain-name", "resolves-to", bits({"domain-name", "ipv4-addr", "ipv6-addr"})},
    Row{"ipv4-addr", "resolves-to", bits({"mac-addr"})},
    Row{"ipv4-addr", "belongs-to", bits({"autonomous-system"})},
    Row{"ipv6-addr", "resolves-to", bits({"mac-addr"})},
    Row{"ipv6-addr", "belongs-to", bits({"autonomous-system"})},
};

}  // namespace

bool is_suggested_relationship(std::string_view source, std::string_view relationship,
                               std::string_view target) {
  if (relationship == "related-to") return true;
  if (relationship == "derived-from" || relationship == "duplicate-of") return source == target;
  const std::size_t to = type_index(target);
  if (to == kTypeNames.size()) return false;
  return std::ranges::any_of(kRows, [&](const Row& row) {
    return row.source == source && row.relationship == relationship && (row.targets >> to & 1) != 0;
  });
}

}  // namespace comity::stix
