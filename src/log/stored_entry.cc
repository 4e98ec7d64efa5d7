#include "log/stored_entry.h"

#include <algorithm>
#include <string>

#include "filing/envelope.h"
#include "filing/manifest.h"

namespace comity::log {
namespace {

std::string at(std::uint64_t index) { return "Entry " + std::to_string(index); }

std::unexpected<Error> refuse_without_record(std::uint64_t index) {
  return refuse("log-record-missing", at(index) +
                                          " is a filing, but its manifest is not in the segments; "
                                          "it is withheld.");
}

/// Gives each part of a record to the item of its ordinal; what was erased stays absent.
Result<void> place(const std::optional<StoredRecord>& stored, bool hidden,
                   const std::vector<filing::Item>& items, std::vector<filing::StoredPart>& parts) {
  if (!stored) return {};
  for (const rules::Part& part : stored->record.parts) {
    if (part.ordinal >= items.size() || items[part.ordinal].hidden() != hidden)
      return refuse("log-record-unexpected", at(stored->record.entry) + " has a part in the " +
                                                 (hidden ? "hidden" : "public") +
                                                 " segments for which its manifest has " +
                                                 "no such item; the segments were altered.");
    if (!is_erased(part)) parts[part.ordinal] = {part.salt, part.content};
  }
  return {};
}

Result<filing::CheckedFiling> check_filing(const StoredEntry& stored,
                                           filing::OwnedStatement statement,
                                           const filing::FindKey& find_key,
                                           codec::JsonReader& reader,
                                           const filing::VerifiedStatements* verified) {
  if (!stored.visible) return refuse_without_record(stored.index);
  const ByteView manifest = stored.visible->record.manifest;
  COMITY_TRY(const auto items, filing::parse_manifest(manifest));
  std::vector<filing::StoredPart> parts(items.size());
  COMITY_CHECK(place(stored.visible, false, items, parts));
  COMITY_CHECK(place(stored.hidden, true, items, parts));
  const std::size_t visible = stored.visible->record.parts.size();
  const auto expected =
      std::ranges::count_if(items, [](const filing::Item& item) { return !item.hidden(); });
  if (visible != static_cast<std::size_t>(expected))
    return refuse("log-record-missing", at(stored.index) +
                                            " lists public objects that are not in "
                                            "the segments; they are withheld.");
  // Entry 0 brings its own key, and can't be erased, so it is whole as it was filed.
  if (stored.index == 0)
    return filing::check_founding(filing::write_envelope(stored.entry, manifest, parts), reader);
  return filing::check_stored(std::move(statement), manifest, parts, find_key, reader, verified);
}

Result<std::optional<rules::Disclosure>> read_disclosure(const StoredEntry& stored,
                                                         const filing::Control& control) {
  const auto* disclose = std::get_if<filing::Disclose>(&control);
  if (disclose == nullptr) {
    if (stored.visible || stored.hidden)
      return refuse("log-record-unexpected", at(stored.index) +
                                                 " is a control statement that "
                                                 "discloses nothing, but the "
                                                 "segments hold content for it.");
    return std::nullopt;
  }
  if (!stored.visible || stored.visible->record.parts.size() != 1 ||
      !stored.visible->record.manifest.empty() ||
      stored.visible->record.parts[0].ordinal != disclose->item.ordinal)
    return refuse("log-record-missing", at(stored.index) +
                                            " discloses an item whose content is "
                                            "not in the public segments.");
  const rules::Part& part = stored.visible->record.parts[0];
  if (is_erased(part)) return rules::Disclosure{.salt = {}, .content = {}, .erased_since = true};
  return rules::Disclosure{
      .salt = to_bytes(part.salt), .content = to_bytes(part.content), .erased_since = false};
}

/// The bytes of an item as far as they are there: its own part, in the segments of its kind.
Result<void> read_bytes(const EntryWalk::Segments& segments, const filing::ItemPlace& place,
                        rules::StoredItem& item) {
  const SegmentReader* reader = item.hidden ? segments.hidden : &segments.visible;
  if (reader == nullptr) return {};
  COMITY_TRY(const auto part, reader->read_part(place));
  if (!part || part->erased()) return {};
  item.salt = to_bytes(part->salt());
  item.content = to_bytes(part->content());
  return {};
}

Result<rules::StoredItem> find_item(const LogReader& log, const EntryWalk::Segments& segments,
                                    const filing::ItemPlace& place) {
  const auto unknown = [&] {
    return refuse("item-unknown", "The log has no item " + std::to_string(place.ordinal) +
                                      " in an entry " + std::to_string(place.entry) +
                                      "; name a filing's entry and the item's place in its "
                                      "manifest, counted from 0 (comity show lists them).");
  };
  if (place.entry >= log.size()) return unknown();
  COMITY_TRY(const Bytes entry, log.entry(crypto::LeafIndex{place.entry}));
  COMITY_TRY(const auto statement, filing::parse_statement(entry));
  if (statement.kind != filing::StatementKind::filing) return unknown();
  COMITY_TRY(const auto record, segments.visible.read(place.entry));
  if (!record) return refuse_without_record(place.entry);
  COMITY_TRY(const auto items, filing::parse_manifest(record->record.manifest));
  if (place.ordinal >= items.size()) return unknown();
  const filing::Item& listed = items[place.ordinal];
  rules::StoredItem item{.party = std::string(statement.issuer),
                         .digest = listed.digest,
                         .hidden = listed.hidden(),
                         .salt = {},
                         .content = {}};
  COMITY_CHECK(read_bytes(segments, place, item));
  return item;
}

}  // namespace

Result<EntryWalk> EntryWalk::open(const LogReader& log, const Segments& segments,
                                  std::uint64_t from) {
  COMITY_TRY(auto visible, SegmentCursor::open(segments.visible, from));
  std::optional<SegmentCursor> hidden;
  if (segments.hidden != nullptr) {
    COMITY_TRY(hidden, SegmentCursor::open(*segments.hidden, from));
  }
  return EntryWalk(log, std::move(visible), std::move(hidden), from);
}

Result<std::optional<StoredEntry>> EntryWalk::next() {
  if (next_ >= log_->size()) return std::nullopt;
  if (run_.entries.empty() || next_ >= run_.first + run_.entries.size()) {
    COMITY_TRY(run_, log_->read_run(next_));
  }
  StoredEntry stored;
  stored.index = next_;
  stored.entry = to_bytes(run_.entries[next_ - run_.first]);
  COMITY_TRY(stored.visible, visible_.take(next_));
  if (hidden_) {
    COMITY_TRY(stored.hidden, hidden_->take(next_));
  }
  ++next_;
  return stored;
}

Result<StoredEntry> read_entry(const LogReader& log, const EntryWalk::Segments& segments,
                               std::uint64_t index) {
  StoredEntry stored;
  stored.index = index;
  COMITY_TRY(stored.entry, log.entry(crypto::LeafIndex{index}));
  COMITY_TRY(stored.visible, segments.visible.read(index));
  if (segments.hidden != nullptr) {
    COMITY_TRY(stored.hidden, segments.hidden->read(index));
  }
  return stored;
}

Result<CheckedEntry> check_entry(const StoredEntry& stored, const filing::FindKey& find_key,
                                 codec::JsonReader& reader,
                                 const filing::VerifiedStatements* verified) {
  COMITY_TRY(auto statement, filing::OwnedStatement::parse(stored.entry));
  if (statement->kind == filing::StatementKind::filing) {
    COMITY_TRY(auto filing, check_filing(stored, std::move(statement), find_key, reader, verified));
    return CheckedEntry{std::move(filing), std::nullopt};
  }
  COMITY_TRY(auto control, filing::check_control(std::move(statement), find_key));
  COMITY_TRY(auto disclosure, read_disclosure(stored, control.control()));
  return CheckedEntry{std::move(control), std::move(disclosure)};
}

Result<rules::AdmittedEntry> readmit(CheckedEntry checked, const rules::State& state,
                                     const rules::FindItem& find_item, codec::JsonReader& reader) {
  auto decide = [&]() -> Result<rules::Admitted> {
    if (auto* filing = std::get_if<filing::CheckedFiling>(&checked.what))
      return rules::admit(std::move(*filing), state, reader);
    return rules::admit_control(std::move(std::get<filing::CheckedControl>(checked.what)), state,
                                find_item, reader, std::move(checked.disclosure));
  };
  COMITY_TRY(auto admitted, decide());
  if (const auto* already = std::get_if<rules::AlreadyFiled>(&admitted))
    return refuse("log-repeats-entry",
                  "The log holds a statement again that already is its entry " +
                      std::to_string(already->index) + "; no honest writer appends that.");
  return std::move(std::get<rules::AdmittedEntry>(admitted));
}

rules::FindItem find_item_in(const LogReader& log, const EntryWalk::Segments& segments) {
  return
      [&log, segments](const filing::ItemPlace& place) { return find_item(log, segments, place); };
}

}  // namespace comity::log
