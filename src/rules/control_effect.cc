#include "rules/control_effect.h"

#include <string>
#include <utility>

#include "filing/object.h"
#include "rules/versions.h"

namespace comity::rules {
namespace {

/// An item and what earlier controls have done to it.
struct FoundItem {
  StoredItem stored;
  ItemMarks marks;
};

std::string name_of(const filing::ItemPlace& place) {
  return "Item " + std::to_string(place.ordinal) + " of entry " + std::to_string(place.entry);
}

Result<FoundItem> find(const filing::ItemPlace& place, const ControlView& view) {
  if (place.entry >= view.index)
    return refuse("item-unknown",
                  name_of(place) + " does not stand in the log before this statement.");
  COMITY_TRY(auto stored, view.find_item(place));
  COMITY_TRY(const auto marks, view.state.marks(place));
  FoundItem found{std::move(stored), marks.value_or(ItemMarks{})};
  found.marks.place = place;
  return found;
}

std::unexpected<Error> refuse_erased(const filing::ItemPlace& place) {
  return refuse("item-erased", name_of(place) + " is erased, and nothing more can be done to it.");
}

/// What admission itself reads stays: a replay must find it. An item whose content is gone has been
/// erased by a later entry, so it was none of these.
Result<void> check_unprotected(const filing::ItemPlace& place, const StoredItem& item,
                               codec::JsonReader& reader) {
  bool is_protected = place.entry == 0;
  if (!is_protected && !item.hidden && !item.salt.empty()) {
    COMITY_TRY(const auto head, filing::read_object(item.content, reader));
    is_protected = head.kind == filing::Kind::charter || head.kind == filing::Kind::key ||
                   head.kind == filing::Kind::admission;
  }
  if (is_protected)
    return refuse("item-protected",
                  name_of(place) +
                      " is what admission rests on (entry 0, a charter, a key note or an "
                      "admission); it can't be erased or put on hold.");
  return {};
}

/// Whether these are the bytes that the item committed to, and the object is what the control says.
Result<void> check_disclosed(const filing::Disclose& disclose, const Disclosure& disclosure,
                             const StoredItem& item, codec::JsonReader& reader) {
  if (disclosure.salt.empty())
    return refuse("disclosure-missing",
                  name_of(disclose.item) +
                      " is sealed; hand in its salt and content, which its filer has kept.");
  if (disclosure.salt.size() != filing::kSaltBytes ||
      filing::digest_content(disclosure.salt, disclosure.content) != item.digest)
    return refuse("disclosure-mismatch",
                  "This salt and content are not what " + name_of(disclose.item) +
                      " committed to; hand in the ones kept when it was filed.");
  COMITY_TRY(const auto hidden, filing::parse_hidden(disclosure.content));
  COMITY_TRY(const auto head, filing::read_object(hidden.object, reader));
  if (head.id != disclose.id || head.version != disclose.version ||
      head.revoked != disclose.revoked)
    return refuse("disclosure-mismatch",
                  "The object in " + name_of(disclose.item) + " is " + head.id +
                      ", of another id, version or revocation than the statement says; state its "
                      "own.");
  return {};
}

Result<ControlEffect> apply(const filing::Tick& tick, const ControlView& view) {
  COMITY_TRY(auto standing, view.state.standing());
  if (tick.time <= standing.time)
    return refuse("tick-not-later", "The log's time is " + to_rfc3339(standing.time) +
                                        " already; a tick must be later.");
  standing.time = tick.time;
  ControlEffect effect;
  effect.changes.standing = std::move(standing);
  return effect;
}

Result<ControlEffect> apply(const filing::Disclose& disclose, const ControlView& view,
                            std::optional<Disclosure> disclosure) {
  const filing::ItemPlace& place = disclose.item;
  COMITY_TRY(auto found, find(place, view));
  StoredItem& stored = found.stored;
  if (!stored.hidden) return refuse("item-not-hidden", name_of(place) + " is public already.");
  if (found.marks.erased) return refuse_erased(place);
  if (found.marks.disclosed)
    return refuse("item-disclosed", name_of(place) + " was disclosed already, by entry " +
                                        std::to_string(found.marks.disclosed_at) + ".");
  if (!disclosure) disclosure = Disclosure{std::move(stored.salt), std::move(stored.content)};

  if (!disclosure->erased_since)
    COMITY_CHECK(check_disclosed(disclose, *disclosure, stored, view.reader));
  Version version{.party = std::move(stored.party),
                  .id = disclose.id,
                  .version = disclose.version,
                  .place = place,
                  .revoked = disclose.revoked};
  COMITY_CHECK(check_version(version, view.state));

  ControlEffect effect;
  found.marks.disclosed = true;
  found.marks.disclosed_at = view.index;
  effect.changes.marks.push_back(found.marks);
  effect.changes.versions.push_back(std::move(version));
  if (!disclosure->erased_since) effect.disclosed = std::move(disclosure);
  return effect;
}

Result<ControlEffect> apply(const filing::Erase& erase, const ControlView& view) {
  const filing::ItemPlace& place = erase.item;
  COMITY_TRY(auto found, find(place, view));
  COMITY_CHECK(check_unprotected(place, found.stored, view.reader));
  if (found.marks.erased) return refuse_erased(place);
  if (found.marks.held)
    return refuse("item-held", name_of(place) + " is on hold; end the hold before erasing it.");
  ControlEffect effect;
  effect.erased = place;
  found.marks.erased = true;
  effect.changes.marks.push_back(found.marks);
  return effect;
}

Result<ControlEffect> apply(const filing::Hold& hold, const ControlView& view) {
  const filing::ItemPlace& place = hold.item;
  COMITY_TRY(auto found, find(place, view));
  COMITY_CHECK(check_unprotected(place, found.stored, view.reader));
  if (found.marks.erased) return refuse_erased(place);
  if (found.marks.held == hold.on)
    return refuse("hold-unchanged",
                  name_of(place) + (hold.on ? " is on hold already." : " is not on hold."));
  found.marks.held = hold.on;
  ControlEffect effect;
  effect.changes.marks.push_back(found.marks);
  return effect;
}

Result<ControlEffect> apply(const filing::ActivateRules& rules, const ControlView& view) {
  COMITY_TRY(auto standing, view.state.standing());
  if (rules.version != standing.rules_version + 1 || rules.version > view.known_rules)
    return refuse("rules-version-unknown", "Version " + std::to_string(rules.version) +
                                               " of the rules can't follow version " +
                                               std::to_string(standing.rules_version) +
                                               " here; this software knows 1 to " +
                                               std::to_string(view.known_rules) + ".");
  standing.rules_version = rules.version;
  ControlEffect effect;
  effect.changes.standing = std::move(standing);
  return effect;
}

Result<ControlEffect> apply(const filing::FileDigest& digest, const ControlView& view) {
  if (digest.size > view.index)
    return refuse("digest-size-ahead", "There are " + std::to_string(view.index) +
                                           " entries before this one, not " +
                                           std::to_string(digest.size) + ".");
  return ControlEffect{};
}

}  // namespace

Result<ControlEffect> apply_control(const filing::Control& control, const ControlView& view,
                                    std::optional<Disclosure> disclosure) {
  if (const auto* disclose = std::get_if<filing::Disclose>(&control))
    return apply(*disclose, view, std::move(disclosure));
  if (const auto* tick = std::get_if<filing::Tick>(&control)) return apply(*tick, view);
  if (const auto* erase = std::get_if<filing::Erase>(&control)) return apply(*erase, view);
  if (const auto* hold = std::get_if<filing::Hold>(&control)) return apply(*hold, view);
  if (const auto* rules = std::get_if<filing::ActivateRules>(&control)) return apply(*rules, view);
  return apply(std::get<filing::FileDigest>(control), view);
}

}  // namespace comity::rules
