#include "query/word_terms.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "record/fold_name.h"

#include "query/shown.h"

namespace comity::query {
namespace {

constexpr std::size_t kTermBytes = 64;   // longer words are no slips of anything
constexpr std::size_t kLookedAt = 2000;  // words with the same first two letters
constexpr std::size_t kTermsNear = 3;
constexpr std::size_t kTried = 64;     // words nearby that may turn out to be shown nowhere
constexpr std::int64_t kTexts = 1000;  // texts with such a word, the last filed first

std::string small(std::string_view word) {
  std::string letters(word);
  for (char& c : letters)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return letters;
}

/// Whether a version that is shown has the word. The index has the words of all: also of what is on
/// hold, which nobody may learn from it, and of what another version has replaced.
Result<bool> is_shown(const log::Prepared& find, const std::string& term, std::uint64_t size) {
  const std::string sought = "\"" + term + "\"";
  log::Query row(find, std::string_view(sought), size, kTexts);
  return row.step();
}

}  // namespace

Result<std::vector<std::string>> terms_beginning(const log::Database& database,
                                                 record::TextTable table,
                                                 std::string_view beginning, std::size_t limit) {
  std::string text_table(record::name_of(table));
  const std::string terms = text_table.substr(0, text_table.find('_')) + "_term";
  // A row an occurrence: the first of each word is read, then the next word is sought.
  COMITY_TRY(const auto next,
             database.prepare(fmt::format("SELECT term FROM {} WHERE term >= ?1 LIMIT 1", terms)));
  const std::string start = small(beginning);
  std::string from = start;
  std::vector<std::string> found;
  while (found.size() < limit) {
    log::Query row(next, std::string_view(from));
    COMITY_TRY(const bool more, row.step());
    if (!more) break;
    std::string term = row.text(0);
    if (!term.starts_with(start)) break;
    from = term + '\x01';
    found.push_back(std::move(term));
  }
  return found;
}

std::size_t slips_between(std::string_view one, std::string_view other, std::size_t most) {
  const std::size_t longer = std::max(one.size(), other.size());
  if (longer - std::min(one.size(), other.size()) > most || longer > kTermBytes) return most + 1;
  // Rows of the table of distances between beginnings: the one before the last, the last, this one.
  std::vector<std::size_t> before(other.size() + 1);
  std::vector<std::size_t> last(other.size() + 1);
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t exchanged = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, exchanged});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[other.size()];
}

Result<std::vector<std::string>> near_terms(const Snapshot& snapshot, record::TextTable table,
                                            std::string_view word) {
  const std::string sought = small(word);
  std::vector<std::string> near;
  if (sought.size() < 3 || sought.size() > kTermBytes) return near;
  const std::size_t most = sought.size() < 6 ? 1 : 2;
  const log::Database& database = snapshot.database();
  COMITY_TRY(const auto terms, terms_beginning(database, table, sought.substr(0, 2), kLookedAt));
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& term : terms) {
    const std::size_t slips = slips_between(sought, term, most);
    if (slips > 0 && slips <= most) ranked.emplace_back(slips, term);
  }
  std::ranges::sort(ranked);
  if (ranked.size() > kTried) ranked.resize(kTried);
  COMITY_TRY(const auto find,
             database.prepare(fmt::format(
                 "SELECT 1 FROM (SELECT rowid AS id FROM {0} WHERE {0} MATCH ?1 ORDER BY rowid "
                 "DESC LIMIT ?3) m CROSS JOIN version v ON v.id = m.id WHERE {1} LIMIT 1",
                 record::name_of(table), kIsShown)));
  for (auto& [slips, term] : ranked) {
    if (near.size() == kTermsNear) break;
    COMITY_TRY(const bool shown, is_shown(find, term, snapshot.stamp().size));
    if (shown) near.push_back(std::move(term));
  }
  return near;
}

}  // namespace comity::query
