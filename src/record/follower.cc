#include "record/follower.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "log/stored_entry.h"
#include "rules/overlay.h"

namespace comity::record {
namespace {

/// A batch is folded in one transaction, and its admissions wait in memory: so it ends at either.
constexpr std::uint64_t kBatch = 4096;
constexpr std::size_t kBatchItems = 65'536;

/// Refusals that say that this copy of the log is not whole, not that an entry is bad.
bool is_damage(const Error& error) {
  constexpr std::array<std::string_view, 5> kCodes{"content-mismatch", "filing-part-missing",
                                                   "log-record-missing", "log-record-unexpected",
                                                   "manifest-mismatch"};
  const std::string& code = error.code();
  return std::ranges::find(kCodes, code) != kCodes.end();
}

}  // namespace

struct Follower::Sources {
  static Result<std::unique_ptr<Sources>> open(const Files& files, const crypto::TreeHead& head) {
    COMITY_TRY(const auto visible,
               log::SegmentReader::open(files, log::SegmentKind::visible, head.size));
    auto sources = std::make_unique<Sources>(
        Sources{log::LogReader(files, head), log::LogReader(files, head), visible});
    return sources;
  }
  // The record rests on public content alone, so hidden segments are not asked for.
  [[nodiscard]] log::EntryWalk::Segments segments() const { return {visible, nullptr}; }

  log::LogReader log;
  log::LogReader earlier;  // for looking back while the walk goes on
  log::SegmentReader visible;
};

Follower::Follower(RecordPlace place) : place_(std::move(place)) {}
Follower::~Follower() = default;

Result<std::unique_ptr<Follower>> Follower::open(RecordPlace place) {
  std::unique_ptr<Follower> follower(new Follower(std::move(place)));
  COMITY_CHECK(follower->open_both());
  return follower;
}

Result<void> Follower::open_both() {
  const auto read = [this](std::uint64_t index) -> Result<log::StoredEntry> {
    COMITY_ASSERT(sources_ != nullptr);
    return log::read_entry(sources_->earlier, sources_->segments(), index);
  };
  COMITY_TRY(fold_, Fold::open(path(), read));
  COMITY_TRY(state_, log::SqliteState::open(place_.directory + "/record-admission.sqlite"));
  COMITY_TRY(const auto admitted, state_->size());
  if (admitted > fold_->stamp().size) COMITY_CHECK(state_->reset());
  return {};
}

Result<void> Follower::reset() {
  fold_.reset();
  Store::remove(path());
  COMITY_CHECK(state_->reset());
  return open_both();
}

Result<bool> Follower::is_of(const crypto::TreeHead& head) const {
  const std::uint64_t target = crypto::count(head.size);
  if (stamp().size >= target) return stamp().size == target && stamp().root == head.root;
  const log::TileReader tiles(place_.files, head.size);
  COMITY_TRY(const auto then, crypto::read_range(crypto::TreeSize{stamp().size}, tiles));
  return stamp().root == then.root();
}

/// The tree of what was taken must be the one that the log's tiles, and in the end its head, name.
Result<void> Follower::check_tree(std::uint64_t size) const {
  crypto::TreeHead named = sources_->log.head();
  if (size < crypto::count(named.size)) {
    COMITY_TRY(const auto range, crypto::read_range(crypto::TreeSize{size}, sources_->log.tiles()));
    named = range.head();
  }
  if (tree_.head() == named) return {};
  return refuse(
      "log-damaged",
      fmt::format("The first {} entries are not those that the log's tiles and checkpoint "
                  "name; `comity audit` finds the file to restore.",
                  size));
}

Result<void> Follower::catch_up(const crypto::TreeHead& head, const log::Progress& progress) {
  COMITY_TRY(const bool ours, is_of(head));
  if (!ours) COMITY_CHECK(reset());
  const auto taken = take_all(head, progress);
  if (stopping_) return taken;
  // What there is of a record is asked also where the log is damaged further on.
  const auto indexed = fold_->make_indexes();
  return taken ? indexed : taken;
}

Result<void> Follower::take_all(const crypto::TreeHead& head, const log::Progress& progress) {
  const std::uint64_t target = crypto::count(head.size);
  COMITY_TRY(std::uint64_t size, state_->size());
  if (size == target) return fold_->purge();
  COMITY_TRY(sources_, Sources::open(place_.files, head));
  COMITY_TRY(tree_, crypto::read_range(crypto::TreeSize{size}, sources_->log.tiles()));
  // The walk goes on in another thread, with a reader of its own.
  const log::LogReader log(place_.files, head);
  COMITY_TRY(auto walk, log::EntryWalk::open(log, sources_->segments(), size));
  ReadAhead entries(
      walk, [this](const codec::KeyId& kid) { return state_->find_key(kid); }, verified_);
  while (size < target) {
    COMITY_CHECK(take_batch(entries, std::min(target, size + kBatch)));
    COMITY_TRY(size, state_->size());
    if (progress) progress(size);
  }
  return {};
}

Result<void> Follower::take_batch(ReadAhead& entries, std::uint64_t end) {
  rules::Overlay batch(*state_);
  COMITY_TRY(std::uint64_t size, state_->size());
  const auto take_entries = [&]() -> Result<void> {
    std::size_t items = 0;
    for (; size < end && items < kBatchItems; ++size) {
      if (stopping_) return fail("the record was told to stop");
      COMITY_TRY(auto read, entries.next());
      COMITY_CHECK(take(std::move(read.checked), read.stored, batch));
      if (read.stored.visible) items += read.stored.visible->record.parts.size();
    }
    return check_tree(size);
  };
  const crypto::CompactRange before = tree_;
  auto taken = take_entries();
  if (taken) taken = commit(batch.take(), size);
  if (taken) return {};
  COMITY_CHECK(fold_->roll_back());
  tree_ = before;
  return taken;
}

/// The admission must never be ahead of the record, so it is committed last; but it is written
/// while rows of the record still are.
Result<void> Follower::commit(const rules::Changes& changes, std::uint64_t size) {
  COMITY_CHECK(state_->stage(changes, size));
  // There may be nothing new yet: only the admission was behind.
  if (size >= fold_->stamp().size) {
    if (auto folded = fold_->commit(tree_.root()); !folded) {
      state_->unstage();
      return folded;
    }
  }
  return state_->commit();
}

Result<void> Follower::take(Result<log::CheckedEntry> checked, const log::StoredEntry& stored,
                            rules::Overlay& batch) {
  const rules::FindItem find_item = log::find_item_in(sources_->earlier, sources_->segments());
  const auto readmit = [&]() -> Result<rules::AdmittedEntry> {
    // The key may have come in this batch, of which the other thread doesn't know.
    if (!checked && checked.error().code() == "key-unknown")
      checked = log::check_entry(stored, rules::find_key_in(batch), reader_);
    if (!checked) return std::unexpected(checked.error());
    return log::readmit(std::move(*checked), batch, find_item, reader_);
  };
  const auto admitted = readmit();
  const bool is_folded = stored.index < stamp().size;  // and only its admission was lost
  if (!admitted) {
    if (admitted.error().refusal() == nullptr || is_damage(admitted.error()))
      return std::unexpected(admitted.error());
    tree_.append(crypto::leaf_hash(stored.entry));
    if (!is_folded) COMITY_CHECK(fold_->take_void(*admitted.error().refusal()));
    batch.put({}, stored.index + 1);
    return {};
  }
  tree_.append(admitted->leaf());
  if (!is_folded) COMITY_CHECK(fold_->take(*admitted));
  batch.put(admitted->changes(), stored.index + 1);
  return {};
}

}  // namespace comity::record
