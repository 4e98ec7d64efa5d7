#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "filing/hidden_content.h"
#include "log/replay.h"
#include "log/stored_entry.h"
#include "record/changes.h"
#include "record/digest_chain.h"

#include "tests/memory_state.h"

namespace comity::record::testing {

/// The record as a plain list of what was filed, from which every answer is computed anew.
class NaiveRecord {
 public:
  explicit NaiveRecord(const Files& files) : files_(&files) {}

  /// Reads what the log has got since.
  Result<void> follow(const crypto::TreeHead& head) {
    const log::LogReader log(*files_, head);
    COMITY_TRY(const auto visible,
               log::SegmentReader::open(*files_, log::SegmentKind::visible, head.size));
    const log::EntryWalk::Segments segments{visible, nullptr};
    while (entries_.size() < log.size()) {
      COMITY_TRY(const auto stored, log::read_entry(log, segments, entries_.size()));
      COMITY_TRY(auto checked, log::check_entry(stored, rules::find_key_in(state_), reader_));
      COMITY_TRY(const auto admitted, log::readmit(std::move(checked), state_,
                                                   log::find_item_in(log, segments), reader_));
      take(admitted);
    }
    return {};
  }

  [[nodiscard]] const rules::MemoryState& state() const { return state_; }

  /// Of every object, where the copy to show stands: the creator's before a relayed one, of those
  /// the latest version, of those the first that was filed.
  [[nodiscard]] std::set<filing::ItemPlace> shown() const {
    std::map<std::string, const Item*> best;
    for (const Entry& entry : entries_)
      for (const Item& item : entry.items) {
        if (!item.is_public || item.content.empty()) continue;
        const Item*& known = best[item.id];
        if (known == nullptr || is_better(item, *known)) known = &item;
      }
    std::set<filing::ItemPlace> places;
    for (const auto& [id, item] : best) places.insert(item->place);
    return places;
  }

  /// An entry that did something to the item of each place.
  using ByPlace = std::map<filing::ItemPlace, std::uint64_t>;

  /// Which entry holds, disclosed or erased what. What was disclosed is erased in both its places.
  [[nodiscard]] const ByPlace& holds() const { return holds_; }
  [[nodiscard]] const ByPlace& disclosures() const { return disclosures_; }
  [[nodiscard]] const ByPlace& tombstones() const { return tombstones_; }

  /// The digest chain, every entry's changes made anew.
  [[nodiscard]] RecordDigest digest() const {
    RecordDigest digest = empty_record();
    ChangesWriter writer;
    for (const Entry& entry : entries_) {
      std::vector<FoldedItem> items;
      for (const Item& item : entry.items)
        items.push_back({.ordinal = item.place.ordinal,
                         .digest = item.digest,
                         .id = item.id,
                         .version = item.version,
                         .revoked = item.revoked,
                         .content = item.is_public ? ByteView(item.content) : ByteView{}});
      const auto disclosed =
          items.empty() ? std::optional<FoldedItem>{} : std::optional(items.front());
      const auto changes =
          entry.is_control
              ? writer.control(entry.time, entry.payload, disclosed, nullptr)
              : writer.filing(entry.time, entry.issuer, items, entry.governance, nullptr);
      digest = extend(digest, digest_changes(*changes));
    }
    return digest;
  }

 private:
  struct Item {
    filing::ItemPlace place;
    std::string party;
    std::string creator;
    filing::ContentDigest digest;
    std::string id;
    std::int64_t version = 0;
    bool revoked = false;
    bool is_public = false;
    Bytes content;  // of a disclosed one as it was hidden
  };
  struct Entry {
    UnixSeconds time{};
    std::string issuer;
    bool is_control = false;
    Bytes payload;
    Bytes governance;
    std::vector<Item> items;  // of a control statement, the one that it discloses
  };

  static bool is_better(const Item& item, const Item& known) {
    const auto relayed = [](const Item& it) {
      return !it.creator.empty() && it.creator != it.party;
    };
    if (relayed(item) != relayed(known)) return relayed(known);
    return item.version > known.version;
  }

  std::string creator_of(ByteView content) {
    const auto json = reader_.read(content);
    const auto creator = json ? json->text("created_by_ref") : std::nullopt;
    return std::string(creator ? creator->value_or("") : "");
  }

  void take(const rules::AdmittedEntry& admitted) {
    if (admitted.changes().standing) time_ = admitted.changes().standing->time;
    Entry entry{.time = time_, .issuer = {}, .payload = {}, .governance = {}, .items = {}};
    if (const auto* filing = admitted.filing()) {
      entry.issuer = filing->statement().issuer;
      entry.governance = write_governance(admitted.changes());
      for (const filing::CheckedItem& it : filing->items()) {
        Item item{.place = {admitted.index(), entry.items.size()},
                  .party = entry.issuer,
                  .creator = {},
                  .digest = it.item.digest,
                  .id = std::string(it.item.id),
                  .version = count(it.item.version),
                  .revoked = it.item.revoked,
                  .is_public = !it.item.hidden(),
                  .content = to_bytes(it.content)};
        if (item.is_public) item.creator = creator_of(item.content);
        entry.items.push_back(std::move(item));
      }
    } else {
      entry.is_control = true;
      entry.payload = to_bytes(admitted.control()->statement().payload);
      take_control(admitted, entry);
    }
    entries_.push_back(std::move(entry));
    state_.apply(admitted.changes(), admitted.index() + 1);
  }

  void take_control(const rules::AdmittedEntry& admitted, Entry& entry) {
    const filing::Control& control = admitted.control()->control();
    mark(control, admitted.index());
    if (const auto* disclose = std::get_if<filing::Disclose>(&control)) {
      Item item = entries_.at(disclose->item.entry).items.at(disclose->item.ordinal);
      item.place.entry = admitted.index();
      item.id = disclose->id;
      item.version = count(disclose->version);
      item.revoked = disclose->revoked;
      item.is_public = true;
      for (const auto& part : admitted.public_parts()) item.content = to_bytes(part.content);
      if (const auto opened = filing::parse_hidden(item.content))
        item.creator = creator_of(opened->object);
      entry.items.push_back(std::move(item));
    }
    for (const filing::ItemPlace& place : log::erased_places(admitted))
      for (Item& item : entries_.at(place.entry).items)
        if (item.place.ordinal == place.ordinal) item.content.clear();
  }

  void mark(const filing::Control& control, std::uint64_t index) {
    if (const auto* disclose = std::get_if<filing::Disclose>(&control))
      disclosures_[disclose->item] = index;
    if (const auto* hold = std::get_if<filing::Hold>(&control)) {
      holds_.erase(hold->item);
      if (hold->on) holds_[hold->item] = index;
    }
    if (const auto* erase = std::get_if<filing::Erase>(&control)) {
      tombstones_[erase->item] = index;
      if (const auto found = disclosures_.find(erase->item); found != disclosures_.end())
        tombstones_[{found->second, erase->item.ordinal}] = index;
    }
  }

  const Files* files_;
  rules::MemoryState state_;
  codec::JsonReader reader_;
  UnixSeconds time_{};
  std::vector<Entry> entries_;
  ByPlace holds_, disclosures_, tombstones_;
};

}  // namespace comity::record::testing
