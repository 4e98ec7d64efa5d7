#pragma once

#include <vector>

#include "base/error.h"
#include "filing/check.h"
#include "rules/state.h"

/// Versions of objects: `docs/formats/charter.md`, Versions. Pure.
namespace comity::rules {

/// Whether that version of the party's object may still be taken. Refuses `version-taken` and
/// `object-revoked`, naming the entry.
[[nodiscard]] Result<void> check_version(const Version& version, const State& state);

/// The versions that the public items of a filing take at entry `index`, from the manifest alone,
/// for a replay may find the objects erased. Refuses as `check_version`; an item that follows a
/// revocation of its id in the same filing too.
[[nodiscard]] Result<std::vector<Version>> take_versions(const filing::CheckedFiling& filing,
                                                         const State& state, std::uint64_t index);

}  // namespace comity::rules
