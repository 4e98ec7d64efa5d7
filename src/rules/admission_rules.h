#pragma once

#include "base/error.h"
#include "rules/governance.h"

namespace comity::rules {

/// What an admission note changes: `docs/formats/charter.md`, admission. By the registrar where the
/// charter says so, and for any suspension, the decision takes effect at once. Else it is a
/// sponsor's word, and takes effect with the word that completes the charter's numbers.
///
/// Each word is judged as if it took effect now, so that none is kept that never could. Refuses
/// `admission-not-registrars`; for a suspension `registrar-not-suspendable`; for it and a
/// reinstatement `party-unknown` and `standing-unchanged`; for an admission, of the key that it
/// names, `key-taken`, `key-revoked`, `admission-key-unknown` (neither a key of the party nor
/// announced) and `admission-key-inactive` (announced, while the party has a key of its own).
[[nodiscard]] Result<Changes> apply_admission(const AdmissionNote& note, const Filer& filer,
                                              const State& now);

}  // namespace comity::rules
