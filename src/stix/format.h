#pragma once

#include <cstdint>
#include <string_view>

#include "stix/finding.h"

namespace comity::stix {

/// Texts that have to be written in a certain way. Each check takes time linear in the text.
enum class Format : std::uint8_t {
  any,
  language,     ///< a language tag, RFC 5646
  url,          ///< a URL, RFC 3986
  domain_name,  ///< RFC 1034 and RFC 5890
  ipv4,         ///< an address, or a block of them in CIDR notation
  ipv6,
  mac,                ///< 00:00:ab:cd:ef:01
  email,              ///< an address alone (addr-spec), RFC 5322 section 3.4.1
  relationship_name,  ///< a-z, 0-9 and hyphens
  media_type,
  character_set,
  cpe,           ///< CPE 2.3 in its formatted string binding
  registry_key,  ///< begins with a hive written out
  property_name,
  kill_chain_name,
  product_name,
  protocol,
  priority_class,
  country,         ///< ISO 3166-1 alpha-2
  decoded_header,  ///< no encoded words of RFC 2047
};

/// What breaking a format means.
struct FormatRule {
  Level level;
  std::string_view code;
  std::string_view section;  ///< empty: that of the property's table
  std::string_view sentence;
};

[[nodiscard]] const FormatRule& rule_of(Format format);
[[nodiscard]] bool fits(Format format, std::string_view text);

}  // namespace comity::stix
