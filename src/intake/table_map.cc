#include "intake/table_map.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace comity::intake {
namespace {

constexpr std::array<std::string_view, 15> kIncident{
    "id",         "name",       "description", "start",         "end",
    "discovered", "disclosed",  "countries",   "sectors",       "actor_types",
    "effects",    "techniques", "flags",       "incident_type", "sources"};
constexpr std::array<std::string_view, 6> kAttribution{"claimant", "date",  "wording",
                                                       "state",    "actor", "statement_type"};
/// Far above any mapping that a person writes.
constexpr std::size_t kLargest = std::size_t{1} << 20;

std::unexpected<Error> refused(const toml::node& at, const std::string& sentence) {
  const toml::source_position& begin = at.source().begin;
  return refuse("table-map", fmt::format("In the mapping file, line {}, column {}: {}", begin.line,
                                         begin.column, sentence));
}

Result<std::string> text(const toml::node& node, std::string_view name) {
  const auto* value = node.as_string();
  if (value == nullptr || value->get().empty())
    return refused(node, fmt::format("\"{}\" must be a text that is not empty.", name));
  return value->get();
}

Result<char> character(const toml::node& node, std::string_view name) {
  COMITY_TRY(const std::string value, text(node, name));
  if (value.size() != 1)
    return refused(node, fmt::format("\"{}\" must be one character, such as \";\".", name));
  return value.front();
}

/// A column's name, or a table {column, split, words}.
Result<TableMap::Column> column(const toml::node& node, std::string_view name) {
  TableMap::Column found;
  const auto* table = node.as_table();
  if (table == nullptr) {
    COMITY_TRY(found.name, text(node, name));
    return found;
  }
  for (const auto& [key, value] : *table) {
    if (key.str() == "column") {
      COMITY_TRY(found.name, text(value, "column"));
    } else if (key.str() == "split") {
      COMITY_TRY(found.split, character(value, "split"));
    } else if (key.str() == "words" && value.is_table()) {
      for (const auto& [word, meaning] : *value.as_table()) {
        const auto* said = meaning.as_string();
        if (said == nullptr)
          return refused(
              meaning, fmt::format("\"{}\" must be a text; \"\" leaves the word out.", word.str()));
        found.words[std::string(word.str())] = said->get();
      }
    } else {
      return refused(value, fmt::format("\"{}\" is unknown: a column has \"column\", \"split\" and "
                                        "the table \"words\".",
                                        key.str()));
    }
  }
  if (found.name.empty())
    return refused(node, fmt::format("\"{}\" must name its \"column\".", name));
  return found;
}

template <class Names>
Result<TableMap::Columns> columns(const toml::node& node, std::string_view section,
                                  const Names& names, std::string_view needed) {
  const auto* table = node.as_table();
  if (table == nullptr) return refused(node, fmt::format("[{}] must be a table.", section));
  TableMap::Columns found;
  for (const auto& [key, value] : *table) {
    const std::string_view name = key.str();
    if (name == "wording_form") continue;
    if (std::ranges::find(names, name) == names.end())
      return refused(value, fmt::format("\"{}\" is unknown; [{}] has {}.", name, section,
                                        fmt::join(names, ", ")));
    COMITY_TRY(found[std::string(name)], column(value, name));
  }
  if (!found.contains(needed))
    return refused(node, fmt::format("[{}] must say which column is \"{}\".", section, needed));
  return found;
}

Result<codec::TextEncoding> encoding(const toml::node& node) {
  COMITY_TRY(const std::string name, text(node, "encoding"));
  if (name == "utf-8") return codec::TextEncoding::kUtf8;
  if (name == "windows-1252") return codec::TextEncoding::kWindows1252;
  if (name == "utf-16le") return codec::TextEncoding::kUtf16Le;
  return refused(node, "\"encoding\" must be utf-8, utf-16le or windows-1252.");
}

Result<TableMap::Dates> dates(const toml::node& node) {
  COMITY_TRY(const std::string name, text(node, "dates"));
  if (name == "iso") return TableMap::Dates::kIso;
  if (name == "day-first") return TableMap::Dates::kDayFirst;
  if (name == "month-first") return TableMap::Dates::kMonthFirst;
  return refused(node, "\"dates\" must be iso, day-first or month-first.");
}

Result<bool> verbatim(const toml::node& attribution) {
  const toml::node* node = attribution.as_table()->get("wording_form");
  if (node == nullptr) return false;
  COMITY_TRY(const std::string form, text(*node, "wording_form"));
  if (form == "verbatim") return true;
  if (form == "paraphrase") return false;
  return refused(*node, "\"wording_form\" must be verbatim or paraphrase.");
}

Result<TableMap> read_root(const toml::table& root) {
  TableMap map;
  for (const auto& [key, value] : root) {
    const std::string_view name = key.str();
    if (name == "source") {
      COMITY_TRY(map.source, text(value, name));
    } else if (name == "separator") {
      COMITY_TRY(map.options.separator, character(value, name));
    } else if (name == "encoding") {
      COMITY_TRY(map.options.encoding, encoding(value));
    } else if (name == "dates") {
      COMITY_TRY(map.dates, dates(value));
    } else if (name == "incident") {
      COMITY_TRY(map.incident, columns(value, name, kIncident, "id"));
    } else if (name == "attribution") {
      COMITY_TRY(map.attribution, columns(value, name, kAttribution, "claimant"));
      COMITY_TRY(map.verbatim, verbatim(value));
    } else {
      return refused(value, fmt::format("\"{}\" is unknown; there are source, separator, encoding, "
                                        "dates, [incident] and [attribution].",
                                        name));
    }
  }
  if (map.source.empty()) return refused(root, "\"source\" must say what the table is.");
  if (!map.incident.contains("id") || !map.incident.contains("name"))
    return refused(root, "[incident] must say which columns are \"id\" and \"name\".");
  return map;
}

}  // namespace

Result<TableMap> read_table_map(ByteView toml) {
  if (toml.size() > kLargest)
    return refuse("table-map", "The mapping file is above 1 MiB: is it the table itself?");
  try {
    return read_root(toml::parse(as_text(toml)));
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    return refuse("table-map",
                  fmt::format("In the mapping file, line {}, column {}: it is not TOML: {}",
                              begin.line, begin.column, error.description()));
  }
}

}  // namespace comity::intake
