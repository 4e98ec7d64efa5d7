#include "record/milestone.h"

#include "record/store.h"

namespace comity::record {
namespace {

using log::Database;
using log::Query;

std::unexpected<Error> lacking() {
  return fail("The record lacks an entry that it was folded from; see `comity rebuild`.");
}

Result<std::optional<RecordDigest>> milestone(const Database& record, std::uint64_t size) {
  if (size == 0) return empty_record();
  COMITY_TRY(const auto find, record.prepare("SELECT digest FROM milestone WHERE size = ?1"));
  Query row(find, size);
  COMITY_TRY(const bool found, row.step());
  if (!found || row.bytes(0).size() != RecordDigest::kSize) return std::nullopt;
  return RecordDigest::from(row.bytes(0));
}

/// Calls `take(size, digest)` for every size from `from` + 1 to `to`; ends where it gives false.
template <class Take>
Result<void> chain_on(const Database& record, RecordDigest digest, std::uint64_t from,
                      std::uint64_t to, const Take& take) {
  COMITY_TRY(const auto all, record.prepare("SELECT id, changes FROM entry "
                                            "WHERE id >= ?1 AND id < ?2 ORDER BY id"));
  Query row(all, from, to);
  for (std::uint64_t size = from; size < to; ++size) {
    COMITY_TRY(const bool more, row.step());
    if (!more || row.count(0) != size || row.bytes(1).size() != ChangesDigest::kSize)
      return lacking();
    digest = extend(digest, ChangesDigest::from(row.bytes(1)));
    COMITY_TRY(const bool on, take(size + 1, digest));
    if (!on) return {};
  }
  return {};
}

}  // namespace

Result<RecordDigest> digest_at(const Database& record, std::uint64_t size) {
  const std::uint64_t before = size - size % kMilestone;
  COMITY_TRY(const auto begin, milestone(record, before));
  if (!begin) return lacking();
  RecordDigest found = *begin;
  COMITY_CHECK(chain_on(record, *begin, before, size,
                        [&](std::uint64_t, const RecordDigest& digest) -> Result<bool> {
                          found = digest;
                          return true;
                        }));
  return found;
}

Result<ChangesDigest> changes_at(const Database& record, std::uint64_t index) {
  COMITY_TRY(const auto find, record.prepare("SELECT changes FROM entry WHERE id = ?1"));
  Query row(find, index);
  COMITY_TRY(const bool found, row.step());
  if (!found || row.bytes(0).size() != ChangesDigest::kSize) return lacking();
  return ChangesDigest::from(row.bytes(0));
}

Result<std::optional<std::uint64_t>> first_contradiction(const Database& record) {
  COMITY_TRY(const Stamp stamp, read_stamp(record));
  std::optional<std::uint64_t> found;
  const auto compare = [&](std::uint64_t size, const RecordDigest& digest) -> Result<bool> {
    if (size % kMilestone == 0) {
      COMITY_TRY(const auto kept, milestone(record, size));
      if (kept != digest) found = size;
    }
    if (size == stamp.size && digest != stamp.digest && !found) found = size;
    return !found;
  };
  COMITY_CHECK(chain_on(record, empty_record(), 0, stamp.size, compare));
  return found;
}

}  // namespace comity::record
