#include <fmt/format.h>

#include "keys.h"
#include "log_walk.h"
#include "text.h"
#include "verbs/show.h"

namespace comity::cli {
namespace {

std::string state_of(const WalkedItem& item, const ItemFate& fate) {
  std::string state = item.item.hidden() ? "hidden" : "public";
  if (item.item.revoked) state += ", revoking";
  if (fate.disclosed_at) state += fmt::format(", disclosed by entry {}", *fate.disclosed_at);
  if (fate.held) state += ", on hold (" + fate.ground + "; " + fate.authority + ")";
  if (fate.erased) state += ", erased (" + fate.ground + "; " + fate.authority + ")";
  return printable(state);
}

Json json_of(const WalkedItem& item, const ItemFate& fate) {
  const bool hidden = item.item.hidden();
  return {{"ordinal", item.place.ordinal},
          {"digest", to_hex(item.item.digest.view())},
          {"hidden", hidden},
          {"id", hidden ? Json(nullptr) : Json(item.item.id)},
          {"version", hidden ? Json(nullptr) : Json(to_rfc3339(item.item.version))},
          {"revoked", item.item.revoked},
          {"bytes", item.content.size()},
          {"erased", fate.erased},
          {"held", fate.held},
          {"disclosed_at", fate.disclosed_at ? Json(*fate.disclosed_at) : Json(nullptr)}};
}

std::string item_text(const WalkedItem& item, const ItemFate& fate) {
  const std::string what = item.item.hidden() ? "digest " + to_hex(item.item.digest.view())
                                              : std::string(item.item.id) + ", version " +
                                                    to_rfc3339(item.item.version) + ", " +
                                                    size_text(item.content.size());
  return wrapped(what + "; " + state_of(item, fate), 8,
                 fmt::format("  {:>4}  ", item.place.ordinal));
}

/// What later entries have done to items of this one.
Result<Fates> fates_after(const ReadRegistry& registry, std::uint64_t index) {
  Fates fates;
  if (index + 1 < registry.size())
    COMITY_CHECK(
        walk(registry, {.index = index + 1}, [&](const WalkedEntry& entry) -> Result<Walk> {
          note_fate(fates, entry);
          return Walk::on;
        }));
  return fates;
}

struct Shown {
  Json json;
  std::string text;
};

Shown describe_entry(const WalkedEntry& entry, const Fates& fates) {
  const auto& statement = entry.statement;
  Shown shown;
  shown.json = {{"entry", entry.index},
                {"kind", entry.control ? "control" : "filing"},
                {"time", to_rfc3339(entry.time)},
                {"issuer", statement.issuer},
                {"kid", text_of(statement.kid)},
                {"subject", statement.subject},
                {"issued_at", to_rfc3339(statement.issued_at)},
                {"statement_key", to_hex(statement.key.view())}};
  Facts facts;
  facts.add("by", statement.issuer)
      .add("key", text_of(statement.kid))
      .add("about", printable(statement.subject))
      .add("signed", to_rfc3339(statement.issued_at))
      .add("in the log", to_rfc3339(entry.time));
  shown.text = fmt::format("Entry {}: a {}\n", entry.index, entry.control ? "control" : "filing") +
               facts.text();
  if (entry.control) {
    shown.json["control"] = name_of(*entry.control);
    shown.json["says"] = describe(*entry.control);
    shown.text += "\n" + wrapped(name_of(*entry.control) + ": " + describe(*entry.control), 2);
    return shown;
  }
  Json items = Json::array();
  shown.text += "\n" + counted(entry.items.size(), "item", "items") + "\n";
  for (const auto& item : entry.items) {
    const auto found = fates.find(item.place);
    const ItemFate fate = found == fates.end() ? ItemFate{} : found->second;
    items.push_back(json_of(item, fate));
    shown.text += item_text(item, fate);
  }
  shown.json["items"] = std::move(items);
  return shown;
}

}  // namespace

Result<Outcome> show_entry(const ReadRegistry& registry, std::uint64_t index,
                           const Context& context) {
  Fates fates;
  if (index < registry.size()) {
    COMITY_TRY(fates, fates_after(registry, index));
  }
  COMITY_CHECK(
      walk(registry, {.index = index, .count = 1}, [&](const WalkedEntry& entry) -> Result<Walk> {
        const Shown shown = describe_entry(entry, fates);
        context.print(shown.json, shown.text);
        return Walk::stop;
      }));
  return Outcome::ok;
}

}  // namespace comity::cli
