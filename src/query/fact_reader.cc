#include "query/fact_reader.h"

#include <unordered_map>
#include <utility>

namespace comity::query {

using log::Query;

Result<FactReader> FactReader::open(const log::Database& database) {
  FactReader reader;
  COMITY_TRY(
      reader.facts_,
      database.prepare("SELECT value, version, line, ordinal FROM fact INDEXED BY fact_value "
                       "WHERE field = ?1 ORDER BY value, version, line, ordinal"));
  COMITY_TRY(reader.text_, database.prepare("SELECT text FROM word WHERE id = ?1"));
  COMITY_TRY(reader.word_, database.prepare("SELECT id FROM word WHERE text = ?1"));
  return reader;
}

Result<void> FactReader::each(std::string_view field,
                              const std::function<void(const Fact&)>& take) const {
  COMITY_TRY(const auto id, word(field));
  if (!id) return {};
  Query query(facts_, *id);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return {};
    take({.value = query.integer(0),
          .version = query.integer(1),
          .line = query.integer(2),
          .ordinal = query.integer(3)});
  }
}

Result<std::string> FactReader::text(std::int64_t word) const {
  Query query(text_, word);
  COMITY_TRY(const bool found, query.step());
  if (!found) return fail("The record lacks a word that it uses; see `comity rebuild`.");
  return query.text(0);
}

Result<std::optional<std::int64_t>> FactReader::word(std::string_view text) const {
  Query query(word_, text);
  COMITY_TRY(const bool found, query.step());
  if (!found) return std::optional<std::int64_t>{};
  return std::optional(query.integer(0));
}

Result<Column> FactReader::column(const RowPlaces& rows,
                                  const std::vector<std::string>& fields) const {
  std::vector<Column::Cell> cells;
  std::unordered_map<std::int64_t, Column::Code> codes;
  std::vector<std::int64_t> words;
  for (const auto& field : fields) {
    RowPlaces::Finder finder(rows);
    COMITY_CHECK(each(field, [&](const Fact& fact) {
      const auto row = finder.row(fact.version, fact.line);
      if (!row) return;
      const auto [code, is_new] =
          codes.try_emplace(fact.value, static_cast<Column::Code>(words.size()));
      if (is_new) words.push_back(fact.value);
      cells.push_back(
          {.row = *row, .ordinal = static_cast<std::uint32_t>(fact.ordinal), .code = code->second});
    }));
  }
  std::vector<std::string> texts;
  texts.reserve(words.size());
  for (const std::int64_t id : words) {
    COMITY_TRY(auto text, this->text(id));
    texts.push_back(std::move(text));
  }
  return Column(rows.size(), std::move(texts), std::move(cells));
}

}  // namespace comity::query
