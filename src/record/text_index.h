#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "log/sqlite.h"
#include "record/object_rows.h"

/// Full text of incidents, actors and claims: the tables `incident_text`, `actor_text` and
/// `claim_text` of schema.sql. They serve search alone and are no part of the canonical changes.
namespace comity::record {

enum class TextTable : std::uint8_t { incident, actor, claim };
inline constexpr std::size_t kTextTables = 3;

/// The table's name in schema.sql.
[[nodiscard]] std::string_view name_of(TextTable table);

/// What is sought of an object: names in all their forms, as they are and marked as names, of a
/// claim its claimants'; and running text, of a claim its wording and whom it names.
struct IndexedText {
  TextTable table = TextTable::incident;
  std::string names;
  std::string body;

  bool operator==(const IndexedText&) const = default;
};
/// Nothing for what is neither incident nor actor nor claim. Pure and total; bounded.
[[nodiscard]] std::optional<IndexedText> indexed_text(std::string_view stix_id,
                                                      const ObjectRows& object);

/// Writes the tables. Every failure is a fault. The database outlives it.
class TextIndex {
 public:
  Result<void> prepare(const log::Database& database);

  Result<void> insert(std::int64_t version, const IndexedText& text);
  /// Takes the version's text away; its words may still stand in the index's pages.
  Result<void> erase(std::int64_t version);
  /// Writes the index anew, so that no word stands there that no text has. Time linear in its size.
  static Result<void> purge(const log::Database& database);

 private:
  std::array<log::Prepared, kTextTables> insert_;
  std::array<log::Prepared, kTextTables> erase_;
};

}  // namespace comity::record
