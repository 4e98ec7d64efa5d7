#include "record/fold.h"

#include <algorithm>
#include <utility>

#include "log/replay.h"
#include "record/added.h"
#include "record/milestone.h"

namespace comity::record {
namespace {

/// Rows are handed over in pieces of about so many bytes.
constexpr std::size_t kPiece = 131'072;

/// Whether it does more than to stand in the log.
bool changes_other_rows(const filing::Control& control) {
  return std::holds_alternative<filing::Disclose>(control) ||
         std::holds_alternative<filing::Erase>(control) ||
         std::holds_alternative<filing::Hold>(control);
}

}  // namespace

/// Keeps the versions and rows of an entry's objects.
class Fold::Sink final : public ObjectSink {
 public:
  Sink(Fold& fold, std::uint64_t entry, std::string_view party)
      : fold_(&fold), entry_(entry), party_(party) {}

  Result<void> take(const FoldedItem& item, const ObjectRows& object,
                    std::string_view creator) override {
    fold_->rows_.add(item, object, {.entry = entry_, .ordinal = item.ordinal}, party_, creator);
    return fold_->hand_over();
  }

 private:
  Fold* fold_;
  std::uint64_t entry_;
  std::string_view party_;
};

Result<Fold> Fold::open(const std::string& path, ReadEntry read, FoldDepth depth) {
  COMITY_TRY(auto store, Store::open(path));
  Fold fold(std::move(store), std::move(read), depth);
  fold.stamp_ = fold.store().stamp();
  return fold;
}

Result<void> Fold::take(const rules::AdmittedEntry& entry) {
  COMITY_ASSERT(entry.index() == stamp_.size);
  if (const auto& standing = entry.changes().standing) stamp_.time = standing->time;
  if (const auto* filing = entry.filing()) return take_filing(entry, *filing);
  return take_control(entry, *entry.control());
}

Result<void> Fold::take_filing(const rules::AdmittedEntry& entry,
                               const filing::CheckedFiling& filing) {
  std::vector<FoldedItem> items;
  items.reserve(filing.items().size());
  for (const filing::CheckedItem& item : filing.items())
    items.push_back({.ordinal = items.size(),
                     .digest = item.item.digest,
                     .id = item.item.id,
                     .version = count(item.item.version),
                     .revoked = item.item.revoked,
                     .content = item.item.hidden() ? ByteView{} : item.content});
  const auto hidden = static_cast<std::uint64_t>(std::ranges::count_if(
      filing.items(), [](const filing::CheckedItem& item) { return item.item.hidden(); }));
  const std::string_view party = filing.statement().issuer;
  const rules::Changes& rules = entry.changes();
  const Bytes governance = write_governance(rules);
  Sink sink(*this, entry.index(), party);
  COMITY_TRY(const auto changes,
             writer_.filing(stamp_.time, party, items, governance, is_whole() ? &sink : nullptr));
  if (is_whole()) rows_.add(rules, entry.index());
  const bool governs = !rules.parties.empty() || !rules.keys.empty();
  return finish({.index = stamp_.size,
                 .time = stamp_.time,
                 .party = party,
                 .control = false,
                 .refused_for = {},
                 .changes = digest_changes(changes),
                 .governance = governs ? ByteView(governance) : ByteView{},
                 .hidden = hidden},
                filing.items().size());
}

Result<void> Fold::take_control(const rules::AdmittedEntry& entry,
                                const filing::CheckedControl& control) {
  Store& store = tables_->store;
  if (changes_other_rows(control.control())) COMITY_CHECK(write_all());
  std::optional<FoldedItem> disclosed;
  std::string party;
  std::uint64_t places = 0;
  if (const auto* disclose = std::get_if<filing::Disclose>(&control.control())) {
    COMITY_TRY(auto found, disclosed_item(*disclose, read_));
    party = std::move(found.party);
    disclosed = found.item;
    places = disclose->item.ordinal + 1;
    for (const rules::Part& part : entry.public_parts()) disclosed->content = part.content;
    COMITY_CHECK(store.put_disclosure(disclose->item, entry.index()));
  }
  Sink sink(*this, entry.index(), party);
  const filing::Statement& statement = control.statement();
  COMITY_TRY(const auto changes, writer_.control(stamp_.time, statement.payload, disclosed,
                                                 is_whole() ? &sink : nullptr));
  if (const auto* why = std::get_if<filing::Erase>(&control.control()))
    for (const auto& place : log::erased_places(entry)) COMITY_CHECK(erase(place, *why));
  if (const auto* hold = std::get_if<filing::Hold>(&control.control()))
    COMITY_CHECK(hold->on ? store.put_hold({.place = hold->item,
                                            .held_by = entry.index(),
                                            .ground = hold->ground,
                                            .authority = hold->authority})
                          : store.lift_hold(hold->item));
  return finish({.index = stamp_.size,
                 .time = stamp_.time,
                 .party = statement.issuer,
                 .control = true,
                 .refused_for = {},
                 .changes = digest_changes(changes),
                 .governance = {}},
                places);
}

Result<void> Fold::take_void(const Refusal& why) {
  return finish({.index = stamp_.size,
                 .time = stamp_.time,
                 .party = {},
                 .control = false,
                 .refused_for = why.code,
                 .changes = digest_changes(ChangesWriter::refused(stamp_.time, why.code)),
                 .governance = {}},
                0);
}

Result<void> Fold::erase(const filing::ItemPlace& place, const filing::Erase& why) {
  Store& store = tables_->store;
  COMITY_CHECK(store.erase_version(place));
  COMITY_TRY(const auto stored, read_(place.entry));
  COMITY_TRY(const auto again, EntryAgain::of(stored));
  COMITY_CHECK(store.bury({.place = place,
                           .id = again.id_of(place.ordinal),
                           .erased_by = stamp_.size,
                           .ground = why.ground,
                           .authority = why.authority}));
  COMITY_TRY(const auto row, store.entry(place.entry));
  COMITY_TRY(const auto erased, store.erased_of(place.entry));
  const Bytes governance = row.governance.empty() ? write_governance({}) : row.governance;
  COMITY_TRY(const auto bytes, again.changes(writer_, row.time, governance, erased, read_));
  const ChangesDigest changes = digest_changes(bytes);
  if (changes == row.changes) return {};  // folded after its content was gone
  // The chain is made anew once, at the commit, however much is erased until then.
  rechain_from_ = std::min(rechain_from_.value_or(place.entry), place.entry);
  return store.put_changes(place.entry, changes);
}

Result<void> Fold::finish(EntryRow entry, std::uint64_t places) {
  entry.added = added_at(entry.time, stamp_.added);
  stamp_.added = free_behind(entry.added, places);
  rows_.add(entry);
  stamp_.digest = extend(stamp_.digest, entry.changes);
  ++stamp_.size;
  if (stamp_.size % kMilestone == 0) rows_.add_milestone(stamp_.size, stamp_.digest);
  return hand_over();
}

Result<void> Fold::hand_over() {
  if (rows_.size() < kPiece) return {};
  return tables_->writer.give(std::exchange(rows_, {}));
}

Result<void> Fold::write_all() {
  COMITY_CHECK(tables_->writer.rest());
  return std::exchange(rows_, {}).write(tables_->store);
}

Result<void> Fold::roll_back() {
  tables_->writer.drop();
  rows_ = {};
  stamp_ = store().stamp();
  rechain_from_.reset();
  return tables_->store.roll_back();
}

Result<void> Fold::commit(const crypto::RootHash& root) {
  COMITY_CHECK(write_all());
  if (rechain_from_) {
    COMITY_TRY(stamp_.digest, tables_->store.rechain(*rechain_from_));
    rechain_from_.reset();
  }
  stamp_.root = root;
  COMITY_CHECK(tables_->store.commit(stamp_));
  // Where it fails, for want of room, it is owed; what was taken is committed.
  [[maybe_unused]] const auto purged = purge();
  return {};
}

Result<void> Fold::make_indexes() {
  Store& store = tables_->store;
  if (store.is_indexed()) return {};
  COMITY_CHECK(store.make_indexes());
  return store.commit(stamp_);
}

}  // namespace comity::record
