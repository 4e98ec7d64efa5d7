#include <utility>

#include <fmt/format.h>

#include "filing/control.h"
#include "filing/manifest.h"
#include "filing/statement.h"

#include "keys.h"
#include "query/control_words.h"
#include "query/entry_story.h"
#include "text.h"
#include "verbs/show.h"

namespace comity::cli {
namespace {

std::string because(const query::Withheld& why) {
  return " (" + why.ground + "; " + why.authority + ")";
}

std::string state_of(const filing::Item& item, const query::ItemFate& fate) {
  std::string state = item.hidden() ? "hidden" : "public";
  if (item.revoked) state += ", revoking";
  if (fate.disclosed_by) state += fmt::format(", disclosed by entry {}", *fate.disclosed_by);
  if (fate.held) state += ", on hold" + because(*fate.held);
  if (fate.erased) state += ", erased" + because(*fate.erased);
  return printable(state);
}

std::string item_text(const query::EntryItem& it) {
  const std::string what = it.item.hidden()
                               ? "digest " + to_hex(it.item.digest.view())
                               : std::string(it.item.id) + ", version " +
                                     to_rfc3339(it.item.version) + ", " + size_text(it.bytes);
  return wrapped(what + "; " + state_of(it.item, it.fate), 8, fmt::format("  {:>4}  ", it.ordinal));
}

std::string head_text(const query::EntryStory& story, const filing::Statement& statement,
                      const std::string& issuer) {
  const bool is_control = statement.kind == filing::StatementKind::control;
  const std::string& void_for = story.entry.void_for;
  Facts facts;
  facts
      .add("by", printable(issuer == statement.issuer
                               ? issuer
                               : issuer + " (" + std::string(statement.issuer) + ")"))
      .add("key", text_of(statement.kid))
      .add("about", printable(statement.subject))
      .add("signed", to_rfc3339(statement.issued_at))
      .add("in the log", to_rfc3339(story.entry.time))
      .add("void", void_for.empty() ? "" : "it changes nothing: " + void_for);
  return fmt::format("Entry {}: a {}\n", story.stored.index, is_control ? "control" : "filing") +
         facts.text();
}

Result<std::string> entry_text(RecordAt& at, const query::EntryStory& story) {
  COMITY_TRY(const auto statement, filing::parse_statement(story.stored.entry));
  COMITY_TRY(const auto issuer, at.name_of(std::string(statement.issuer)));
  std::string text = head_text(story, statement, issuer) + "\n";
  if (statement.kind == filing::StatementKind::control) {
    COMITY_TRY(const auto control, filing::parse_control(statement.payload));
    const std::string says = query::name_of(control) + ": " + query::describe(control);
    return text + wrapped(printable(says), 2);
  }
  COMITY_TRY(const auto items, query::items_of(story));
  text += counted(items.size(), "item", "items") + "\n";
  for (const query::EntryItem& it : items) text += item_text(it);
  return text;
}

}  // namespace

Result<Outcome> show_entry(RecordAt& at, std::uint64_t index, const Context& context) {
  COMITY_TRY(auto entry, query::find_entry(at, index));
  COMITY_TRY(const auto story,
             query::read_story(*at.registry.files, at.registry.head(), index, std::move(entry)));
  if (context.json) {
    COMITY_TRY(const auto json, query::entry_json(story));
    context.print(json, "");
  } else {
    COMITY_TRY(const auto text, entry_text(at, story));
    context.print({}, text);
  }
  return Outcome::ok;
}

}  // namespace comity::cli
