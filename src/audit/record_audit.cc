#include "audit/record_audit.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "record/milestone.h"

namespace comity::audit {
namespace {

constexpr std::uint64_t kRecordBatch = 16'384;

}  // namespace

/// The public content that is not there any more: in which entry, and which one erased it.
class RecordAudit::Gone {
 public:
  /// What is absent and was never erased is withheld: as if erased behind the end of the log.
  static Result<Gone> read(const log::Database& record,
                           const std::vector<filing::ItemPlace>& absent) {
    Gone gone;
    std::vector<filing::ItemPlace> erased;
    COMITY_TRY(const auto all, record.prepare("SELECT entry, ordinal, erased_by FROM tombstone "
                                              "WHERE object IS NOT NULL ORDER BY 1, 2"));
    log::Query row(all);
    while (true) {
      COMITY_TRY(const bool more, row.step());
      if (!more) break;
      erased.push_back({row.count(0), row.count(1)});
      gone.by_entry_.push_back({row.count(0), row.count(2)});
    }
    for (const auto& place : absent)
      if (!std::ranges::binary_search(erased, place))
        gone.by_entry_.push_back({place.entry, std::numeric_limits<std::uint64_t>::max()});
    gone.sort();
    return gone;
  }

  /// Whether the record of that size held something that a later entry has erased.
  [[nodiscard]] bool supersedes(std::uint64_t size) const {
    const auto end = first_from(by_entry_, size, &Place::entry) - by_entry_.begin();
    return end > 0 && latest_[static_cast<std::size_t>(end) - 1] >= size;
  }
  /// Whether between the two sizes the changes of the entries before or between them became others,
  /// so that the digest of the one does not lead to that of the other.
  [[nodiscard]] bool separates(std::uint64_t from, std::uint64_t to) const {
    const auto any = [](const auto& places, std::uint64_t Place::* key, std::uint64_t first,
                        std::uint64_t last, const auto& holds) {
      return std::any_of(first_from(places, first, key), first_from(places, last, key), holds);
    };
    return any(by_entry_, &Place::entry, from, to, [&](const Place& it) { return it.by >= to; }) ||
           any(by_eraser_, &Place::by, from, to, [&](const Place& it) { return it.entry < from; });
  }

 private:
  struct Place {
    std::uint64_t entry = 0;
    std::uint64_t by = 0;
  };
  static std::vector<Place>::const_iterator first_from(const std::vector<Place>& places,
                                                       std::uint64_t number,
                                                       std::uint64_t Place::* key) {
    return std::ranges::lower_bound(places, number, {}, key);
  }
  void sort() {
    std::ranges::sort(by_entry_, {}, &Place::entry);
    by_eraser_ = by_entry_;
    std::ranges::sort(by_eraser_, {}, &Place::by);
    std::uint64_t latest = 0;
    for (const Place& place : by_entry_) latest_.push_back(latest = std::max(latest, place.by));
  }

  std::vector<Place> by_entry_;
  std::vector<Place> by_eraser_;
  std::vector<std::uint64_t> latest_;  // eraser of by_entry_ up to each
};

Result<RecordAudit> RecordAudit::open(const std::string& directory, record::ReadEntry read) {
  COMITY_TRY(auto fold, record::Fold::open(directory + "/record.sqlite", std::move(read),
                                           record::FoldDepth::digests));
  return RecordAudit(std::move(fold));
}

Result<void> RecordAudit::take(const rules::AdmittedEntry& entry) {
  note_absent(entry);
  // What it says is of the record before it: it is at most its own index.
  if (const auto* control = entry.control())
    if (const auto* filed = std::get_if<filing::FileDigest>(&control->control()))
      COMITY_CHECK(hold_against(entry.index(), *filed));
  COMITY_CHECK(fold_.take(entry));
  return fold_.stamp().size % kRecordBatch == 0 ? fold_.commit({}) : Result<void>{};
}

void RecordAudit::note_absent(const rules::AdmittedEntry& entry) {
  if (const auto* filing = entry.filing()) {
    for (std::uint64_t i = 0; i < filing->items().size(); ++i)
      if (const auto& it = filing->items()[i]; !it.item.hidden() && it.absent())
        absent_.push_back({entry.index(), i});
    return;
  }
  if (const auto* disclose = std::get_if<filing::Disclose>(&entry.control()->control()))
    if (entry.public_parts().empty()) absent_.push_back({entry.index(), disclose->item.ordinal});
}

Result<void> RecordAudit::hold_against(std::uint64_t entry, const filing::FileDigest& filed) {
  COMITY_CHECK(fold_.commit({}));  // then it may be read
  COMITY_TRY(const auto found, record::digest_at(fold_.store().database(), filed.size));
  if (found == filed.digest)
    ++checked_;
  else
    claims_.push_back({entry, filed.size, filed.digest, found});
  return {};
}

Result<bool> RecordAudit::follows(const Claim& claim, const Claim& before, const Gone& gone) const {
  if (gone.separates(before.size, claim.size)) return true;
  record::RecordDigest digest = before.filed;
  for (std::uint64_t entry = before.size; entry < claim.size; ++entry) {
    COMITY_TRY(const auto changes, record::changes_at(fold_.store().database(), entry));
    digest = record::extend(digest, changes);
  }
  return digest == claim.filed;
}

Result<void> RecordAudit::finish(Report& report) {
  COMITY_CHECK(fold_.commit({}));
  COMITY_TRY(const auto gone, Gone::read(fold_.store().database(), absent_));
  std::ranges::stable_sort(claims_, {}, &Claim::size);
  RecordReport said{.size = fold_.stamp().size, .digest = fold_.stamp().digest};
  said.checked = checked_;
  const Claim* before = nullptr;  // superseded
  for (const Claim& claim : claims_) {
    if (!gone.supersedes(claim.size)) {
      report.add({"record-digest-mismatch",
                  fmt::format("Entry {} files the digest {} for the record of {} entries, but the "
                              "log leads to {}.",
                              claim.entry, to_hex(claim.filed.view()), claim.size,
                              to_hex(claim.found.view())),
                  claim.entry});
      continue;
    }
    ++said.superseded;
    if (before != nullptr) {
      COMITY_TRY(const bool follows, this->follows(claim, *before, gone));
      if (!follows)
        report.add({"record-digest-mismatch",
                    fmt::format("The digest that entry {} files for {} entries does not follow "
                                "from the one that entry {} files for {}: one of them is false.",
                                claim.entry, claim.size, before->entry, before->size),
                    claim.entry});
    }
    before = &claim;
  }
  report.record = said;
  return {};
}

}  // namespace comity::audit
