#include "query/entry_story.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/time.h"
#include "filing/control.h"
#include "filing/statement.h"
#include "log/log_reader.h"
#include "log/segment.h"
#include "log/segment_reader.h"

#include "query/control_words.h"

namespace comity::query {
namespace {

std::size_t size_of(const log::Record& record, std::uint64_t ordinal) {
  const auto part = std::ranges::lower_bound(record.parts, ordinal, {}, &rules::Part::ordinal);
  if (part == record.parts.end() || part->ordinal != ordinal || log::is_erased(*part)) return 0;
  return part->content.size();
}

Json json_of(const EntryItem& it) {
  const bool hidden = it.item.hidden();
  const auto& disclosed_by = it.fate.disclosed_by;
  return {{"ordinal", it.ordinal},
          {"digest", to_hex(it.item.digest.view())},
          {"hidden", hidden},
          {"id", hidden ? Json(nullptr) : Json(it.item.id)},
          {"version", hidden ? Json(nullptr) : Json(to_rfc3339(it.item.version))},
          {"revoked", it.item.revoked},
          {"bytes", it.bytes},
          {"erased", it.fate.erased.has_value()},
          {"held", it.fate.held.has_value()},
          {"disclosed_at", disclosed_by ? Json(*disclosed_by) : Json(nullptr)}};
}

}  // namespace

Result<Entry> find_entry(const RecordAt& at, std::uint64_t index) {
  std::optional<Entry> entry;
  if (index < at.size) {
    COMITY_TRY(entry, entry_of(at.snapshot(), index));
  }
  if (entry) return std::move(*entry);
  return refuse("entry-out-of-range",
                fmt::format("The log has {} {}, the first of which is 0; there is no entry {}.",
                            at.size, at.size == 1 ? "entry" : "entries", index));
}

Result<EntryStory> read_story(const Files& files, const crypto::TreeHead& head, std::uint64_t index,
                              Entry entry) {
  const log::LogReader log(files, head);
  COMITY_TRY(const auto visible,
             log::SegmentReader::open(files, log::SegmentKind::visible, head.size));
  COMITY_TRY(auto stored, log::read_entry(log, {visible, nullptr}, index));
  return EntryStory{.stored = std::move(stored), .entry = std::move(entry)};
}

Result<std::vector<EntryItem>> items_of(const EntryStory& story) {
  if (!story.stored.visible)
    return refuse("log-record-missing",
                  fmt::format("The manifest of entry {} is not in segments/public; see `comity "
                              "audit`.",
                              story.stored.index));
  const log::Record& record = story.stored.visible->record;
  COMITY_TRY(const auto items, filing::parse_manifest(record.manifest));
  std::vector<EntryItem> all;
  for (std::uint64_t ordinal = 0; ordinal < items.size(); ++ordinal) {
    const auto fate = story.entry.fates.find(ordinal);
    all.push_back({.ordinal = ordinal,
                   .item = items[ordinal],
                   .fate = fate == story.entry.fates.end() ? ItemFate{} : fate->second,
                   .bytes = size_of(record, ordinal)});
  }
  return all;
}

Result<Json> entry_json(const EntryStory& story) {
  COMITY_TRY(const auto statement, filing::parse_statement(story.stored.entry));
  const bool is_control = statement.kind == filing::StatementKind::control;
  const std::string& void_for = story.entry.void_for;
  Json json{{"entry", story.stored.index},
            {"kind", is_control ? "control" : "filing"},
            {"time", to_rfc3339(story.entry.time)},
            {"void", void_for.empty() ? Json(nullptr) : Json(void_for)},
            {"issuer", statement.issuer},
            {"kid", to_base64url(statement.kid.view())},
            {"subject", statement.subject},
            {"issued_at", to_rfc3339(statement.issued_at)},
            {"statement_key", to_hex(statement.key.view())}};
  if (is_control) {
    COMITY_TRY(const auto control, filing::parse_control(statement.payload));
    json["control"] = name_of(control);
    json["says"] = describe(control);
    return json;
  }
  COMITY_TRY(const auto items, items_of(story));
  Json list = Json::array();
  for (const EntryItem& it : items) list.push_back(json_of(it));
  json["items"] = std::move(list);
  return json;
}

}  // namespace comity::query
