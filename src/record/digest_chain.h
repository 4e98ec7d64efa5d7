#pragma once

#include "base/bytes.h"
#include "filing/control.h"

namespace comity::record {

using filing::RecordDigest;
struct ChangesTag;
/// SHA-256 of the canonical changes of one entry, C(n).
using ChangesDigest = Digest<ChangesTag>;

/// D(0): the record of no entries. `docs/formats/record-digest.md`.
[[nodiscard]] constexpr RecordDigest empty_record() { return {}; }

/// D(n+1) from D(n) and what entry n changed.
[[nodiscard]] RecordDigest extend(const RecordDigest& record, const ChangesDigest& changes);

[[nodiscard]] ChangesDigest digest_changes(ByteView canonical_changes);

}  // namespace comity::record
