#include "record/entry_rows.h"

#include <array>

namespace comity::record {

Value EntryRows::keep(const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return texts_.keep(*text);
  if (const auto* word = std::get_if<Word>(&value)) return Word{texts_.keep(word->text)};
  if (const auto* ref = std::get_if<Ref>(&value)) return Ref{texts_.keep(ref->id)};
  return value;
}

void EntryRows::add(const FoldedItem& item, const ObjectRows& object,
                    const filing::ItemPlace& place, std::string_view party,
                    std::string_view creator) {
  std::array<Value, kMostValues> kept;
  for (const Row& row : object.rows()) {
    COMITY_ASSERT(row.values.size() <= kept.size());
    for (std::size_t i = 0; i < row.values.size(); ++i) kept[i] = keep(row.values[i]);
    rows_.add(row.table, std::span(kept).first(row.values.size()));
  }
  // Objects of one filing share the text of their party.
  const bool again = !objects_.empty() && objects_.back().party == party;
  objects_.push_back({.id = texts_.keep(item.id),
                      .party = again ? objects_.back().party : texts_.keep(party),
                      .kind = texts_.keep(object.kind()),
                      .version = {.place = place,
                                  .modified = item.version,
                                  .revoked = item.revoked,
                                  .relayed = !creator.empty() && creator != party},
                      .rows_end = rows_.size(),
                      .text = indexed_text(item.id, object)});
  if (const auto& text = objects_.back().text) indexed_ += text->names.size() + text->body.size();
}

void EntryRows::add(const EntryRow& entry) {
  EntryRow kept = entry;
  kept.party = texts_.keep(entry.party);
  kept.refused_for = texts_.keep(entry.refused_for);
  kept.governance = as_bytes(texts_.keep(as_text(entry.governance)));
  entries_.push_back(kept);
}

void EntryRows::add(const rules::Changes& changes, std::uint64_t entry) {
  for (const rules::Party& party : changes.parties) parties_.emplace_back(party, entry);
  keys_.insert(keys_.end(), changes.keys.begin(), changes.keys.end());
}

std::size_t EntryRows::size() const {
  return texts_.size() + indexed_ + rows_.size() * sizeof(std::array<Value, 5>) +
         objects_.size() * sizeof(Object) + entries_.size() * sizeof(EntryRow) +
         parties_.size() * sizeof(rules::Party) + keys_.size() * sizeof(rules::Key);
}

Result<void> EntryRows::write(Store& store) const {
  std::size_t row = 0;
  for (const Object& object : objects_) {
    StoredVersion version = object.version;
    COMITY_TRY(version.party, store.object(object.party));
    COMITY_TRY(version.object, store.object(object.id));
    COMITY_TRY(const auto id, store.insert_version(version, object.kind));
    COMITY_CHECK(store.insert_rows(id, rows_, row, object.rows_end));
    row = object.rows_end;
    if (object.text) COMITY_CHECK(store.insert_text(id, *object.text));
  }
  for (const auto& [party, entry] : parties_) COMITY_CHECK(store.put_party(party, entry));
  for (const rules::Key& key : keys_) COMITY_CHECK(store.put_key(key));
  for (const EntryRow& entry : entries_) COMITY_CHECK(store.insert_entry(entry));
  for (const auto& [size, digest] : milestones_) COMITY_CHECK(store.put_milestone(size, digest));
  return {};
}

}  // namespace comity::record
