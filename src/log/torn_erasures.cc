#include "log/torn_erasures.h"

#include <map>
#include <string>
#include <utility>
#include <variant>

#include "codec/cose_key.h"
#include "filing/statement.h"
#include "log/log_reader.h"
#include "log/stored_entry.h"

namespace comity::log {
namespace {

bool is_torn(ByteView salt, ByteView content, const filing::ContentDigest& digest) {
  return !salt.empty() && filing::digest_content(salt, content) != digest;
}

/// Nothing for a refusal: the replay has named it, or will.
template <class T>
Result<std::optional<T>> if_sound(Result<T> result) {
  if (result) return std::optional<T>(std::move(*result));
  if (result.error().fault() != nullptr) return std::unexpected(std::move(result).error());
  return std::nullopt;
}

/// Walks the entries behind the state. Of holds and disclosures it believes what the log says,
/// whoever signed it: it needs the registrar's signature to erase anything.
class Search {
 public:
  Search(const LogReader& log, const EntryWalk::Segments& segments, const SqliteState& state,
         const crypto::PublicKey& registrar)
      : log_(&log),
        visible_(&segments.visible),
        find_item_(find_item_in(log, segments)),
        state_(&state),
        registrar_(&registrar) {}

  Result<std::vector<filing::ItemPlace>> run() {
    COMITY_TRY(standing_, state_->standing());
    COMITY_TRY(std::uint64_t next, state_->size());
    while (next < log_->size()) {
      COMITY_TRY(const auto run, log_->read_run(next));
      for (const ByteView entry : run.entries) COMITY_CHECK(take(next++, entry));
    }
    return std::move(torn_);
  }

 private:
  Result<void> take(std::uint64_t index, ByteView entry) {
    const auto statement = filing::parse_statement(entry);
    if (!statement || statement->kind != filing::StatementKind::control) return {};
    const auto control = filing::parse_control(statement->payload);
    if (!control) return {};
    if (const auto* hold = std::get_if<filing::Hold>(&*control)) held_[hold->item] = hold->on;
    if (const auto* disclose = std::get_if<filing::Disclose>(&*control))
      disclosed_[disclose->item] = index;
    if (const auto* erase = std::get_if<filing::Erase>(&*control))
      return take_erase(index, entry, erase->item);
    return {};
  }

  Result<void> take_erase(std::uint64_t index, ByteView entry, const filing::ItemPlace& place) {
    if (place.entry == 0 || place.entry >= index) return {};
    COMITY_TRY(const auto marks, state_->marks(place));
    const rules::ItemMarks before = marks.value_or(rules::ItemMarks{});
    const auto hold = held_.find(place);
    if (hold == held_.end() ? before.held : hold->second) return {};
    COMITY_TRY(const auto torn, torn_places(place, before));
    if (torn.empty()) return {};
    COMITY_TRY(const bool is_registrars, is_signed_by_registrar(index, entry));
    if (!is_registrars) return {};
    COMITY_CHECK(prove(index, entry));
    torn_.insert(torn_.end(), torn.begin(), torn.end());
    return {};
  }

  /// Of the item's own bytes and its disclosed copy those that are torn.
  Result<std::vector<filing::ItemPlace>> torn_places(const filing::ItemPlace& place,
                                                     const rules::ItemMarks& before) const {
    std::vector<filing::ItemPlace> torn;
    COMITY_TRY(const auto item, if_sound(find_item_(place)));
    if (!item) return torn;
    if (is_torn(item->salt, item->content, item->digest)) torn.push_back(place);
    const auto disclosed = disclosed_.find(place);
    if (disclosed == disclosed_.end() && !before.disclosed) return torn;
    const filing::ItemPlace copy{before.disclosed ? before.disclosed_at : disclosed->second,
                                 place.ordinal};
    COMITY_TRY(const auto part, if_sound(visible_->read_part(copy)));
    if (part && *part && !(*part)->erased() &&
        is_torn((*part)->salt(), (*part)->content(), item->digest))
      torn.push_back(copy);
    return torn;
  }

  Result<bool> is_signed_by_registrar(std::uint64_t index, ByteView entry) const {
    const auto find_key = [&](const codec::KeyId& kid) -> Result<crypto::PublicKey> {
      if (codec::key_id(*registrar_) == kid) return *registrar_;
      COMITY_TRY(const auto key, state_->key(kid));
      if (key && standing_.charter && key->party == standing_.charter->registrar && !key->custody &&
          key->active_at(index))
        return key->key;
      return refuse("key-unknown", "This is no key of the registrar.");
    };
    COMITY_TRY(const auto checked, if_sound(filing::check_control(to_bytes(entry), find_key)));
    if (!checked) return false;
    // Where the state is lost, the charter is not known yet.
    return !standing_.charter || checked->statement().issuer == standing_.charter->registrar;
  }

  Result<void> prove(std::uint64_t index, ByteView entry) const {
    COMITY_TRY(const Bytes proved, log_->entry(crypto::LeafIndex{index}));
    COMITY_CHECK(log_->prove_inclusion(crypto::LeafIndex{index}));
    if (equal(proved, entry)) return {};
    return refuse("log-damaged", "Entry " + std::to_string(index) +
                                     " is not the one that its tile names; restore its bundle from "
                                     "a mirror.");
  }

  const LogReader* log_;
  const SegmentReader* visible_;
  rules::FindItem find_item_;
  const SqliteState* state_;
  const crypto::PublicKey* registrar_;
  rules::Standing standing_;
  std::map<filing::ItemPlace, bool> held_;
  std::map<filing::ItemPlace, std::uint64_t> disclosed_;
  std::vector<filing::ItemPlace> torn_;
};

}  // namespace

Result<std::vector<filing::ItemPlace>> torn_erasures(const Files& files,
                                                     const crypto::TreeHead& head,
                                                     const SqliteState& state,
                                                     const crypto::PublicKey& registrar) {
  const LogReader log(files, head);
  COMITY_TRY(const auto visible, SegmentReader::open(files, SegmentKind::visible, head.size));
  COMITY_TRY(const auto hidden, SegmentReader::open(files, SegmentKind::hidden, head.size));
  return Search(log, {visible, &hidden}, state, registrar).run();
}

}  // namespace comity::log
