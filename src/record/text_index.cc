#include "record/text_index.h"

#include <fmt/format.h>

#include "record/text_forms.h"

namespace comity::record {
namespace {

/// Of running text no more is indexed; a description is a page at most.
constexpr std::size_t kBodyBytes = 16'384;
constexpr std::size_t kIndexedNames = 256;

// Places of the table claim's values in a row.
constexpr std::size_t kMadeByName = 1;
constexpr std::size_t kOrgan = 10;
constexpr std::size_t kWording = 16;

constexpr std::array<TextTable, kTextTables> kAll{TextTable::incident, TextTable::actor,
                                                  TextTable::claim};

std::string_view text_of(const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return *text;
  if (const auto* word = std::get_if<Word>(&value)) return word->text;
  return {};
}

/// As much of it as is indexed, whole characters.
std::string_view beginning(std::string_view text) {
  if (text.size() <= kBodyBytes) return text;
  std::size_t end = kBodyBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return text.substr(0, end);
}

void append_line(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty()) text += '\n';
  text += more;
}

void append_name(std::string& text, std::string_view name) {
  const std::string forms = name_forms(name);
  append_line(text, forms);
  for (const std::string& word : words_of(forms)) append_line(text, marked_as_name(word));
}

std::optional<TextTable> table_of(std::string_view stix_id, std::string_view kind) {
  const std::string_view type = stix_id.substr(0, stix_id.find("--"));
  if (type == "incident") return TextTable::incident;
  if (type == "intrusion-set" || type == "threat-actor" || kind == "actor") return TextTable::actor;
  if (kind == "attribution" || kind == "reply") return TextTable::claim;
  return std::nullopt;
}

void add_row(const Row& row, IndexedText& text) {
  const auto value = [&row](std::size_t place) { return text_of(row.values[place]); };
  if (row.table == Table::name) append_name(text.names, value(2));
  if (row.table == Table::source && text.table != TextTable::claim)
    append_name(text.names, value(2));
  if (row.table == Table::claim) {
    append_name(text.names, value(kMadeByName));
    append_line(text.body, set_apart(beginning(value(kWording))));
    append_line(text.body, set_apart(beginning(value(kOrgan))));
  }
  if (row.table == Table::fact && text.table == TextTable::claim) {
    const std::string_view field = value(0);
    if (field == "claimants.name") append_name(text.names, value(3));
    if (field == "actors.name") append_line(text.body, name_forms(value(3)));
  }
}

}  // namespace

std::string_view name_of(TextTable table) {
  switch (table) {
    case TextTable::incident:
      return "incident_text";
    case TextTable::actor:
      return "actor_text";
    case TextTable::claim:
      break;
  }
  return "claim_text";
}

std::optional<IndexedText> indexed_text(std::string_view stix_id, const ObjectRows& object) {
  const auto table = table_of(stix_id, object.kind());
  if (!table) return std::nullopt;
  IndexedText text{.table = *table, .names = {}, .body = {}};
  if (*table != TextTable::claim) text.body = set_apart(beginning(object.description()));
  std::size_t rows = 0;
  for (const Row& row : object.rows()) {
    const bool has_name = row.table == Table::name || row.table == Table::source;
    if (!has_name || ++rows <= kIndexedNames) add_row(row, text);
  }
  return text;
}

Result<void> TextIndex::prepare(const log::Database& database) {
  for (const TextTable table : kAll) {
    const auto at = static_cast<std::size_t>(table);
    COMITY_TRY(insert_[at],
               database.prepare(fmt::format(
                   "INSERT INTO {}(rowid, names, body) VALUES (?1, ?2, ?3)", name_of(table))));
    COMITY_TRY(erase_[at],
               database.prepare(fmt::format("DELETE FROM {} WHERE rowid = ?1", name_of(table))));
  }
  return {};
}

Result<void> TextIndex::insert(std::int64_t version, const IndexedText& text) {
  return log::Query(insert_[static_cast<std::size_t>(text.table)], version,
                    std::string_view(text.names), std::string_view(text.body))
      .run();
}

Result<void> TextIndex::erase(std::int64_t version) {
  for (const log::Prepared& erase : erase_) COMITY_CHECK(log::Query(erase, version).run());
  return {};
}

Result<void> TextIndex::purge(const log::Database& database) {
  for (const TextTable table : kAll)
    COMITY_CHECK(
        database.run(fmt::format("INSERT INTO {0}({0}) VALUES ('optimize')", name_of(table))));
  return {};
}

}  // namespace comity::record
