#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace comity::stix {

/// What a finding says of an object: `error`, a MUST of STIX 2.1 is broken; `warning`, a SHOULD is
/// not followed, and the object is STIX 2.1 all the same.
enum class Level : std::uint8_t { error, warning };

/// One thing that STIX 2.1 says otherwise.
struct Finding {
  Level level;
  /// Stable, one of finding_code.h; docs/reference/findings.md explains each. Lives for ever.
  std::string_view code;
  /// Where: a JSONPath (RFC 9535) such as $.external_references[0].url; "$" is the object itself.
  std::string path;
  /// The section of STIX Version 2.1 (OASIS Standard, 10 June 2021) that says so, or empty. Lives
  /// for ever.
  std::string_view section;
  /// What is wrong and what to write instead.
  std::string sentence;

  bool operator==(const Finding&) const = default;
};

}  // namespace comity::stix
