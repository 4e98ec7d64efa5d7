#include "query/data_sets.h"

#include <charconv>

#include "query/fact_reader.h"
#include "query/shown.h"

namespace comity::query {
namespace {

using log::Query;

std::uint64_t whole_number(std::string_view text) {
  std::uint64_t number = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Result<std::vector<DataSet::File>> files_of(const FactReader& facts, std::int64_t version) {
  std::uint32_t lines = 0;
  COMITY_CHECK(facts.each("files", [&](const FactReader::Fact& fact) {
    if (fact.version == version) ++lines;
  }));
  RowPlaces rows;
  rows.add(version, lines, 1);
  COMITY_TRY(const auto names, facts.column(rows, {"files.name"}));
  COMITY_TRY(const auto counts, facts.column(rows, {"files.rows"}));
  COMITY_TRY(const auto columns, facts.column(rows, {"files.columns"}));
  COMITY_TRY(const auto digests, facts.column(rows, {"files.sha256"}));
  std::vector<DataSet::File> files;
  files.reserve(lines);
  for (std::uint32_t row = 0; row < lines; ++row)
    files.push_back({.name = std::string(names.first(row)),
                     .rows = whole_number(counts.first(row)),
                     .columns = whole_number(columns.first(row)),
                     .sha256 = std::string(digests.first(row))});
  return files;
}

}  // namespace

Result<std::vector<DataSet>> data_sets(const Snapshot& snapshot, std::uint64_t size) {
  COMITY_TRY(const auto facts, FactReader::open(snapshot.database()));
  COMITY_TRY(const auto find,
             snapshot.database().prepare(
                 "SELECT v.id, v.party, w.text FROM version v "
                 "JOIN fact f ON f.version = v.id AND f.line = 0 AND f.ordinal = 0 "
                 "AND f.field = (SELECT id FROM word WHERE text = 'source') "
                 "JOIN word w ON w.id = f.value "
                 "WHERE v.kind = (SELECT id FROM word WHERE text = 'dataset') "
                 "AND " +
                 std::string(kCounted) + " ORDER BY v.object"));
  std::vector<DataSet> found;
  Query query(find, size);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return found;
    DataSet data_set{.name = query.text(2), .party = query.integer(1), .files = {}};
    COMITY_TRY(data_set.files, files_of(facts, query.integer(0)));
    found.push_back(std::move(data_set));
  }
}

Result<std::vector<CodedVersion>> versions_of(const Snapshot& snapshot, std::uint64_t size,
                                              const DataSet& data_set, std::string_view kind) {
  COMITY_TRY(const auto find,
             snapshot.database().prepare(
                 "SELECT v.id, v.object FROM fact f JOIN version v ON v.id = f.version "
                 "WHERE f.field = (SELECT id FROM word WHERE text = 'coding.source') "
                 "AND f.value = (SELECT id FROM word WHERE text = ?2) "
                 "AND v.kind = (SELECT id FROM word WHERE text = ?3) AND v.party = ?4 "
                 "AND " +
                 std::string(kCounted) + " ORDER BY v.id"));
  std::vector<CodedVersion> versions;
  Query query(find, size, data_set.name, kind, data_set.party);
  for (;;) {
    COMITY_TRY(const bool more, query.step());
    if (!more) return versions;
    versions.push_back({.version = query.integer(0), .object = query.integer(1)});
  }
}

}  // namespace comity::query
