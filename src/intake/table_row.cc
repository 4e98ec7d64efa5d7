#include "intake/table_row.h"

#include <algorithm>

#include <fmt/format.h>

#include "intake/cell_text.h"
#include "intake/places.h"
#include "intake/vocabularies.h"

namespace comity::intake {
namespace {

/// As much of a cell as a message shows.
std::string shown(std::string_view text) {
  if (text.size() <= 60) return std::string(text);
  std::size_t end = 57;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

bool is_code(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// "3/12/2020", "03.12.2020" or "3-12-2020" as YYYY-MM-DD; "" where it is no such date.
std::string iso(std::string_view text, TableMap::Dates order) {
  const auto mark = text.find_first_of("/.-");
  if (mark == text.npos) return {};
  const auto parts = split(text, text[mark]);
  if (parts.size() != 3 || parts[2].size() != 4) return {};
  const std::string_view day = parts[order == TableMap::Dates::kDayFirst ? 0 : 1];
  const std::string_view month = parts[order == TableMap::Dates::kDayFirst ? 1 : 0];
  return fmt::format("{}-{:0>2}-{:0>2}", parts[2], month, day);
}

}  // namespace

std::string_view TableRow::text(const TableMap::Columns& columns, std::string_view property) const {
  const auto found = columns.find(property);
  return found == columns.end() ? std::string_view() : stripped(row_[found->second.name]);
}

std::vector<std::string> TableRow::values(const TableMap::Columns& columns,
                                          std::string_view property) const {
  const auto column = columns.find(property);
  if (column == columns.end()) return {};
  TextsOnce all;
  const auto add = [&all, &column](std::string_view value) {
    const auto word = column->second.words.find(value);
    all.add(word == column->second.words.end() ? value : word->second);
  };
  const std::string_view cell = text(columns, property);
  if (!column->second.split)
    add(cell);
  else
    for (const std::string_view value : split(cell, *column->second.split)) add(value);
  return all.list();
}

std::vector<std::string> TableRow::words(const TableMap::Columns& columns,
                                         std::string_view property, std::string_view vocabulary) {
  auto all = values(columns, property);
  const auto& known = Vocabularies::known().words(vocabulary);
  for (const std::string& value : all)
    if (!known.contains(value))
      problem(columns, property,
              fmt::format("\"{}\" is none of the words for {} ({}). Translate it in the mapping's "
                          "\"words\".",
                          shown(value), property, fmt::join(known, ", ")));
  return all;
}

std::vector<std::string> TableRow::countries(const TableMap::Columns& columns,
                                             std::string_view property) {
  TextsOnce codes;
  for (const std::string& value : values(columns, property)) {
    const Places& places = Places::known();
    const Place* place = places.find(value);
    std::string code;
    if (is_code(value) && places.country_name(value) != value)
      code = value;
    else if (place != nullptr && place->kind == Place::Kind::kCountry)
      code = place->code;
    if (code.empty())
      problem(
          columns, property,
          fmt::format("\"{}\" is no country that is known by its name or its code of ISO 3166-1 "
                      "(two capitals). Translate it in the mapping's \"words\".",
                      shown(value)));
    codes.add(code);
  }
  return codes.list();
}

std::optional<PartialDate> TableRow::date(const TableMap::Columns& columns,
                                          std::string_view property) {
  const std::string_view cell = text(columns, property);
  if (cell.empty()) return std::nullopt;
  if (const auto date = PartialDate::parse(cell)) return *date;
  // What spreadsheets write of a date that has a time.
  const std::string_view day = cell.substr(0, cell.find_first_of(" T"));
  if (const auto date = PartialDate::parse(day)) return *date;
  if (map_->dates != TableMap::Dates::kIso)
    if (const auto date = PartialDate::parse(iso(day, map_->dates))) return *date;
  problem(columns, property,
          fmt::format("\"{}\" is no date. Write YYYY, YYYY-MM or YYYY-MM-DD, or set \"dates\" in "
                      "the mapping.",
                      shown(cell)));
  return std::nullopt;
}

void TableRow::problem(const TableMap::Columns& columns, std::string_view property,
                       std::string sentence) {
  ++import_->problem_count;
  if (import_->problems.size() >= TableImport::kProblems) return;
  const auto found = columns.find(property);
  import_->problems.push_back(
      {number(), found == columns.end() ? "" : found->second.name, std::move(sentence)});
}

}  // namespace comity::intake
