#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "filing/control.h"
#include "log/sqlite.h"
#include "record/digest_chain.h"

/// The digest chain as it stands in a record's database.
namespace comity::record {

/// At every size that this divides the database keeps D(size) itself, so that any other is a few
/// hashes away, and an erasure need not be chained on from the beginning.
inline constexpr std::uint64_t kMilestone = 256;

/// D(size), as the database has it. A fault where it lacks what that takes: it is damaged.
/// REQUIRES: the record has at least that size.
[[nodiscard]] Result<RecordDigest> digest_at(const log::Database& record, std::uint64_t size);

/// C(index). REQUIRES: the record has that entry.
[[nodiscard]] Result<ChangesDigest> changes_at(const log::Database& record, std::uint64_t index);

/// Chains every entry again: where the database contradicts itself, the size from which on its
/// digests don't follow from its changes. Time linear in the entries.
[[nodiscard]] Result<std::optional<std::uint64_t>> first_contradiction(const log::Database& record);

}  // namespace comity::record
