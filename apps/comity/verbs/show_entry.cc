#include <fmt/format.h>

#include "filing/manifest.h"
#include "log/stored_entry.h"

#include "control_text.h"
#include "keys.h"
#include "page.h"
#include "query/entry.h"
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

Json json_of(const filing::Item& item, const query::ItemFate& fate, std::uint64_t ordinal,
             std::size_t bytes) {
  const bool hidden = item.hidden();
  return {{"ordinal", ordinal},
          {"digest", to_hex(item.digest.view())},
          {"hidden", hidden},
          {"id", hidden ? Json(nullptr) : Json(item.id)},
          {"version", hidden ? Json(nullptr) : Json(to_rfc3339(item.version))},
          {"revoked", item.revoked},
          {"bytes", bytes},
          {"erased", fate.erased.has_value()},
          {"held", fate.held.has_value()},
          {"disclosed_at", fate.disclosed_by ? Json(*fate.disclosed_by) : Json(nullptr)}};
}

std::string item_text(const filing::Item& item, const query::ItemFate& fate, std::uint64_t ordinal,
                      std::size_t bytes) {
  const std::string what = item.hidden() ? "digest " + to_hex(item.digest.view())
                                         : std::string(item.id) + ", version " +
                                               to_rfc3339(item.version) + ", " + size_text(bytes);
  return wrapped(what + "; " + state_of(item, fate), 8, fmt::format("  {:>4}  ", ordinal));
}

/// How many bytes of content the log has for an item: none where it is hidden or erased.
std::size_t size_of(const log::Record& record, std::uint64_t ordinal) {
  const auto part = std::ranges::lower_bound(record.parts, ordinal, {}, &rules::Part::ordinal);
  if (part == record.parts.end() || part->ordinal != ordinal || log::is_erased(*part)) return 0;
  return part->content.size();
}

Result<void> add_items(const log::StoredEntry& stored, const query::Entry& entry, Page& page) {
  if (!stored.visible)
    return refuse("log-record-missing",
                  fmt::format("The manifest of entry {} is not in segments/public; see `comity "
                              "audit`.",
                              stored.index));
  COMITY_TRY(const auto items, filing::parse_manifest(stored.visible->record.manifest));
  page.text += "\n" + counted(items.size(), "item", "items") + "\n";
  Json list = Json::array();
  for (std::uint64_t ordinal = 0; ordinal < items.size(); ++ordinal) {
    const auto found = entry.fates.find(ordinal);
    const query::ItemFate fate = found == entry.fates.end() ? query::ItemFate{} : found->second;
    const std::size_t bytes = size_of(stored.visible->record, ordinal);
    list.push_back(json_of(items[ordinal], fate, ordinal, bytes));
    page.text += item_text(items[ordinal], fate, ordinal, bytes);
  }
  page.json["items"] = std::move(list);
  return {};
}

Result<Page> describe_entry(RecordAt& at, const log::StoredEntry& stored,
                            const query::Entry& entry) {
  COMITY_TRY(const auto statement, filing::parse_statement(stored.entry));
  const bool is_control = statement.kind == filing::StatementKind::control;
  COMITY_TRY(const auto issuer, at.name_of(std::string(statement.issuer)));
  Page page;
  page.json = {{"entry", stored.index},
               {"kind", is_control ? "control" : "filing"},
               {"time", to_rfc3339(entry.time)},
               {"void", entry.void_for.empty() ? Json(nullptr) : Json(entry.void_for)},
               {"issuer", statement.issuer},
               {"kid", text_of(statement.kid)},
               {"subject", statement.subject},
               {"issued_at", to_rfc3339(statement.issued_at)},
               {"statement_key", to_hex(statement.key.view())}};
  Facts facts;
  facts
      .add("by", printable(issuer == statement.issuer
                               ? issuer
                               : issuer + " (" + std::string(statement.issuer) + ")"))
      .add("key", text_of(statement.kid))
      .add("about", printable(statement.subject))
      .add("signed", to_rfc3339(statement.issued_at))
      .add("in the log", to_rfc3339(entry.time))
      .add("void", entry.void_for.empty() ? "" : "it changes nothing: " + entry.void_for);
  page.text = fmt::format("Entry {}: a {}\n", stored.index, is_control ? "control" : "filing") +
              facts.text();
  if (!is_control) {
    COMITY_CHECK(add_items(stored, entry, page));
    return page;
  }
  COMITY_TRY(const auto control, filing::parse_control(statement.payload));
  page.json["control"] = name_of(control);
  page.json["says"] = describe(control);
  page.text += "\n" + wrapped(name_of(control) + ": " + describe(control), 2);
  return page;
}

}  // namespace

Result<Outcome> show_entry(RecordAt& at, std::uint64_t index, const Context& context) {
  std::optional<query::Entry> entry;
  if (index < at.size) {
    COMITY_TRY(entry, query::entry_of(at.snapshot(), index));
  }
  if (!entry)
    return refuse("entry-out-of-range",
                  fmt::format("The log has {}, the first of which is 0; there is no entry {}.",
                              counted(at.size, "entry", "entries"), index));
  const auto log = at.registry.log_reader();
  COMITY_TRY(const auto visible, at.registry.segment_reader(log::SegmentKind::visible));
  COMITY_TRY(const auto stored, log::read_entry(log, {visible, nullptr}, index));
  COMITY_TRY(const auto page, describe_entry(at, stored, *entry));
  context.print(page.json, page.text);
  return Outcome::ok;
}

}  // namespace comity::cli
