#include "record/fold.h"

#include <algorithm>
#include <utility>

#include "log/replay.h"

namespace comity::record {
namespace {

/// Files the versions and rows of an entry's objects.
class StoreSink final : public ObjectSink {
 public:
  StoreSink(Store& store, std::uint64_t entry, std::string_view party)
      : store_(&store), entry_(entry), party_(party) {}

  Result<void> take(const FoldedItem& item, const ObjectRows& object,
                    std::string_view creator) override {
    COMITY_TRY(const auto party, store_->object(party_));
    COMITY_TRY(const auto number, store_->object(item.id));
    StoredVersion version{.object = number,
                          .party = party,
                          .place = {.entry = entry_, .ordinal = item.ordinal},
                          .modified = item.version,
                          .revoked = item.revoked,
                          .relayed = !creator.empty() && creator != party_};
    COMITY_TRY(const auto id, store_->insert_version(version, object.kind()));
    for (const Row& row : object.rows()) COMITY_CHECK(store_->insert_row(id, row));
    if (const auto text = indexed_text(item.id, object))
      COMITY_CHECK(store_->insert_text(id, *text));
    return {};
  }

 private:
  Store* store_;
  std::uint64_t entry_;
  std::string_view party_;
};

}  // namespace

Result<Fold> Fold::open(const std::string& path, ReadEntry read) {
  COMITY_TRY(auto store, Store::open(path));
  Fold fold(std::move(store), std::move(read));
  fold.stamp_ = fold.store_.stamp();
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
  StoreSink sink(store_, entry.index(), party);
  COMITY_TRY(const auto changes, writer_.filing(stamp_.time, party, items, governance, &sink));
  for (const rules::Party& it : rules.parties) COMITY_CHECK(store_.put_party(it, entry.index()));
  for (const rules::Key& it : rules.keys) COMITY_CHECK(store_.put_key(it));
  const bool governs = !rules.parties.empty() || !rules.keys.empty();
  return finish({.index = stamp_.size,
                 .time = stamp_.time,
                 .party = party,
                 .control = false,
                 .refused_for = {},
                 .changes = digest_changes(changes),
                 .governance = governs ? ByteView(governance) : ByteView{},
                 .hidden = hidden});
}

Result<void> Fold::take_control(const rules::AdmittedEntry& entry,
                                const filing::CheckedControl& control) {
  std::optional<FoldedItem> disclosed;
  std::string party;
  if (const auto* disclose = std::get_if<filing::Disclose>(&control.control())) {
    COMITY_TRY(auto found, disclosed_item(*disclose, read_));
    party = std::move(found.party);
    disclosed = found.item;
    for (const rules::Part& part : entry.public_parts()) disclosed->content = part.content;
    COMITY_CHECK(store_.put_disclosure(disclose->item, entry.index()));
  }
  StoreSink sink(store_, entry.index(), party);
  const filing::Statement& statement = control.statement();
  COMITY_TRY(const auto changes, writer_.control(stamp_.time, statement.payload, disclosed, &sink));
  if (const auto* why = std::get_if<filing::Erase>(&control.control()))
    for (const auto& place : log::erased_places(entry)) COMITY_CHECK(erase(place, *why));
  if (const auto* hold = std::get_if<filing::Hold>(&control.control()))
    COMITY_CHECK(hold->on ? store_.put_hold({.place = hold->item,
                                             .held_by = entry.index(),
                                             .ground = hold->ground,
                                             .authority = hold->authority})
                          : store_.lift_hold(hold->item));
  return finish({.index = stamp_.size,
                 .time = stamp_.time,
                 .party = statement.issuer,
                 .control = true,
                 .refused_for = {},
                 .changes = digest_changes(changes),
                 .governance = {}});
}

Result<void> Fold::take_void(const Refusal& why) {
  return finish({.index = stamp_.size,
                 .time = stamp_.time,
                 .party = {},
                 .control = false,
                 .refused_for = why.code,
                 .changes = digest_changes(ChangesWriter::refused(stamp_.time, why.code)),
                 .governance = {}});
}

Result<void> Fold::erase(const filing::ItemPlace& place, const filing::Erase& why) {
  erased_ = true;
  COMITY_CHECK(store_.erase_version(place));
  COMITY_TRY(const auto stored, read_(place.entry));
  COMITY_TRY(const auto again, EntryAgain::of(stored));
  COMITY_CHECK(store_.bury({.place = place,
                            .id = again.id_of(place.ordinal),
                            .erased_by = stamp_.size,
                            .ground = why.ground,
                            .authority = why.authority}));
  COMITY_TRY(const auto row, store_.entry(place.entry));
  COMITY_TRY(const auto erased, store_.erased_of(place.entry));
  const Bytes governance = row.governance.empty() ? write_governance({}) : row.governance;
  COMITY_TRY(const auto bytes, again.changes(writer_, row.time, governance, erased, read_));
  const ChangesDigest changes = digest_changes(bytes);
  if (changes == row.changes) return {};  // folded after its content was gone
  COMITY_TRY(stamp_.digest, store_.rechain(place.entry, changes));
  return {};
}

Result<void> Fold::finish(const EntryRow& entry) {
  COMITY_CHECK(store_.insert_entry(entry));
  stamp_.digest = extend(stamp_.digest, entry.changes);
  ++stamp_.size;
  return {};
}

Result<void> Fold::roll_back() {
  stamp_ = store_.stamp();
  erased_ = false;
  return store_.roll_back();
}

Result<void> Fold::commit(const crypto::RootHash& root) {
  stamp_.root = root;
  COMITY_CHECK(store_.commit(stamp_));
  return std::exchange(erased_, false) ? store_.purge() : Result<void>{};
}

}  // namespace comity::record
