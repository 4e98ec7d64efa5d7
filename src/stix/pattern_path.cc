#include "stix/pattern_path.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "stix/pattern_constant.h"

namespace comity::stix {
namespace {

constexpr std::string_view kIpv4 = "ipv4-addr";
constexpr std::string_view kIpv6 = "ipv6-addr";

/// What sections 4, 5, 7 and 8 define, none of which is a cyber-observable object.
constexpr std::array<std::string_view, 25> kOtherTypes{"attack-pattern",
                                                       "bundle",
                                                       "campaign",
                                                       "course-of-action",
                                                       "grouping",
                                                       "identity",
                                                       "incident",
                                                       "indicator",
                                                       "infrastructure",
                                                       "intrusion-set",
                                                       "location",
                                                       "malware",
                                                       "note",
                                                       "malware-analysis",
                                                       "observed-data",
                                                       "opinion",
                                                       "report",
                                                       "threat-actor",
                                                       "tool",
                                                       "vulnerability",
                                                       "relationship",
                                                       "sighting",
                                                       "extension-definition",
                                                       "language-content",
                                                       "marking-definition"};

/// Section 3.1: 3 to 250 characters, lower case, a letter first, `joint` between words.
bool is_lower_name(std::string_view name, char joint) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == joint; };
  return name.size() >= 3 && name.size() <= 250 && letter(name[0]) &&
         std::ranges::all_of(name, fits);
}

/// Whether the path ends on the value of an address: of the object itself, or of one that a
/// reference leads to.
bool ends_on_address(const PatternPath& path) {
  if (path.last != "value" || path.last_indexed) return false;
  if (path.names == 1) return path.type == kIpv4 || path.type == kIpv6;
  return path.before_indexed ? path.before.ends_with("_refs") : path.before.ends_with("_ref");
}

}  // namespace

void PatternPath::add_name(std::string name) {
  before = std::exchange(last, std::move(name));
  before_indexed = std::exchange(last_indexed, false);
  ++names;
}

void check_object_type(const PatternToken& token, PatternProblems& problems) {
  if (!is_lower_name(token.text, '-') || token.text.contains("--"))
    problems.add(
        Level::error, token.offset, "3.1",
        fmt::format("{} can't be an object type, which has 3 to 250 of a-z, 0-9 and single "
                    "hyphens, a letter first.",
                    shown(token)));
  else if (std::ranges::find(kOtherTypes, token.text) != kOtherTypes.end())
    problems.add(Level::error, token.offset, "9.7",
                 fmt::format("{} is no cyber-observable object; a pattern tests objects of section "
                             "6, or custom ones of their kind.",
                             shown(token)));
}

bool check_property_name(const PatternToken& token, std::string_view name,
                         PatternProblems& problems) {
  if (is_lower_name(name, '_')) return true;
  problems.add(Level::error, token.offset, "3.1",
               fmt::format("{} can't be a property, whose name has 3 to 250 of a-z, 0-9 and "
                           "underscores, a letter first.",
                           shown(token)));
  return false;
}

void check_range_test(const PatternPath& path, const PatternToken& operation,
                      const PatternToken& range, PatternProblems& problems) {
  if (!ends_on_address(path))
    return problems.add(Level::error, path.offset, "9.6.1",
                        fmt::format("{} tests the property value of ipv4-addr or ipv6-addr alone, "
                                    "as in ipv4-addr:value or network-traffic:src_ref.value.",
                                    operation.text));
  IpVersion version = IpVersion::any;
  if (path.names == 1) version = path.type == kIpv4 ? IpVersion::v4 : IpVersion::v6;
  if (is_ip_range(range.value(), version)) return;
  const std::string_view example =
      version == IpVersion::v6 ? "'2001:db8::/32'" : "'198.51.100.0/24'";
  problems.add(Level::error, range.offset, "9.6.1",
               fmt::format("After {} an address or a range in CIDR notation is expected, such as "
                           "{}, not {}.",
                           operation.text, example, shown(range)));
}

void check_hash_value(const PatternPath& path, const PatternToken& value,
                      PatternProblems& problems) {
  if (path.before != "hashes" || path.last_indexed || !value.is(PatternTokenKind::string)) return;
  const std::size_t digits = hash_digits(path.last);
  if (digits == 0 || (value.quoted().size() == digits && is_hex(value.quoted()))) return;
  problems.add(Level::error, value.offset, "2.7",
               fmt::format("A hash by {} has {} hexadecimal digits; {} can't be one.", path.last,
                           digits, shown(value)));
}

}  // namespace comity::stix
