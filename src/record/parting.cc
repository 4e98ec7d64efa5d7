#include "record/parting.h"

#include <algorithm>

#include "record/milestone.h"
#include "record/store.h"

namespace comity::record {
namespace {

using log::Database;
using log::Query;

/// Two records, as far as both go.
class Pair {
 public:
  static Result<Pair> of(const Database& one, const Database& other) {
    COMITY_TRY(const Stamp first, read_stamp(one));
    COMITY_TRY(const Stamp second, read_stamp(other));
    return Pair(one, first.size, other, second.size);
  }

  [[nodiscard]] std::uint64_t size() const { return std::min(one_size_, other_size_); }

  [[nodiscard]] Result<bool> same_at(std::uint64_t size) const {
    COMITY_TRY(const auto one, digest_at(*one_, size));
    COMITY_TRY(const auto other, digest_at(*other_, size));
    return one == other;
  }
  [[nodiscard]] Result<bool> same_changes(std::uint64_t entry) const {
    COMITY_TRY(const auto one, changes_at(*one_, entry));
    COMITY_TRY(const auto other, changes_at(*other_, entry));
    return one == other;
  }
  /// Whether something of the entry is erased by one that only the longer record has.
  [[nodiscard]] Result<bool> is_erased_later(std::uint64_t entry) const {
    const Database& longer = one_size_ > other_size_ ? *one_ : *other_;
    COMITY_TRY(const auto find, longer.prepare("SELECT 1 FROM tombstone WHERE entry = ?1 "
                                               "AND erased_by >= ?2"));
    return Query(find, entry, size()).step();
  }
  [[nodiscard]] Result<std::optional<Parting>> at(std::uint64_t entry) const {
    COMITY_TRY(const auto one, digest_at(*one_, entry + 1));
    COMITY_TRY(const auto other, digest_at(*other_, entry + 1));
    return Parting{.entry = entry, .one = one, .other = other};
  }

 private:
  Pair(const Database& one, std::uint64_t one_size, const Database& other, std::uint64_t other_size)
      : one_(&one), other_(&other), one_size_(one_size), other_size_(other_size) {}

  const Database* one_;
  const Database* other_;
  std::uint64_t one_size_;
  std::uint64_t other_size_;
};

/// The first entry with which the chains differ; nothing where they don't.
Result<std::optional<std::uint64_t>> first_difference(const Pair& pair) {
  COMITY_TRY(const bool same, pair.same_at(pair.size()));
  if (same) return std::nullopt;
  std::uint64_t agree = 0;
  std::uint64_t differ = pair.size();
  while (differ - agree > 1) {
    const std::uint64_t middle = agree + (differ - agree) / 2;
    COMITY_TRY(const bool alike, pair.same_at(middle));
    (alike ? agree : differ) = middle;
  }
  return agree;
}

}  // namespace

Result<std::optional<Parting>> first_parting(const Database& one, const Database& other) {
  COMITY_TRY(const auto pair, Pair::of(one, other));
  COMITY_TRY(const auto first, first_difference(pair));
  if (!first) return std::nullopt;
  for (std::uint64_t entry = *first; entry < pair.size(); ++entry) {
    COMITY_TRY(const bool same, pair.same_changes(entry));
    if (same) continue;
    COMITY_TRY(const bool erased, pair.is_erased_later(entry));
    if (!erased) return pair.at(entry);
  }
  return std::nullopt;
}

}  // namespace comity::record
