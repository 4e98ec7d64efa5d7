#include <cstdint>

#include "base/bytes.h"
#include "log/sqlite.h"

#include "query/search_request.h"
#include "query/search_words.h"
#include "tests/fuzz_target.h"

// Whatever a reader types: what the index is asked for it is an expression that FTS5 understands,
// so that nobody is told of a fault, and nothing typed is taken for a part of FTS5's language.

namespace {

using namespace comity;

/// Asks an index like those of the record (src/record/schema.sql).
bool is_understood(const std::string& expression) {
  static const auto database = log::Database::open(":memory:");
  static const auto made = database->run(
      "CREATE VIRTUAL TABLE found USING fts5(names, body, "
      "tokenize = 'unicode61 remove_diacritics 2', columnsize = 0)");
  static const auto find = database->prepare("SELECT 1 FROM found WHERE found MATCH ?1");
  COMITY_ASSERT(made && find);
  log::Query row(*find, std::string_view(expression));
  return row.step().has_value();
}

}  // namespace

COMITY_FUZZ_TARGET(query_search_words_fuzz)(const std::uint8_t* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto words = query::sought_words(typed);
  if (size > query::kSearchBytes || words.size() > query::kSearchWords) return 0;
  std::vector<std::vector<std::string>> forms;
  for (const query::SoughtWord& word : words) forms.push_back(query::forms_of(word));
  for (const auto place : {query::WordPlace::anywhere, query::WordPlace::in_names}) {
    const std::string asked = query::match_expression(forms, {query::phrase_of(typed)}, place);
    COMITY_ASSERT(asked.empty() == words.empty());
    COMITY_ASSERT(asked.empty() || is_understood(asked));
  }
  return 0;
}
