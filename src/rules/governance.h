#pragma once

#include <cstdint>

#include "base/error.h"
#include "codec/json.h"
#include "filing/check.h"
#include "rules/state.h"

namespace comity::rules {

/// Whose filing is being judged, and as which entry.
struct Filer {
  std::string_view party;
  bool custody = false;  ///< of the key that signed
  std::uint64_t index = 0;
};

/// What the public charters, key notes and admissions of a filing change, in item order, each
/// seeing what those before it did; nothing for the many filings that have none. Pure.
///
/// Refuses `custody-limited` for any of them signed by a key in custody; what the parsers refuse,
/// for all of them before anything else; then for each
///   a charter: `charter-not-registrars`, `charter-changes-registry`, `charter-not-later`;
///   a key note: see key_rules.h;
///   an admission: see admission_rules.h;
/// and at the end `registrar-last-key` where the registrar would be left without a key of its own,
/// for then nobody could sign for the registry any more.
[[nodiscard]] Result<Changes> govern(const filing::CheckedFiling& filing, const Filer& filer,
                                     const State& state, codec::JsonReader& reader);

}  // namespace comity::rules
