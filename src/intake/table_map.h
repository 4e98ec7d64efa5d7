#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/csv.h"

namespace comity::intake {

/// How somebody's table becomes incidents, as a mapping file says (TOML; docs/importing.md).
struct TableMap {
  /// How the table writes dates; whatever it says, YYYY, YYYY-MM and YYYY-MM-DD are read too.
  enum class Dates : std::uint8_t { kIso, kDayFirst, kMonthFirst };

  /// Where a property comes from.
  struct Column {
    std::string name;
    /// Parts several values in one cell; none = the cell is one value.
    std::optional<char> split;
    /// What the table's words mean in ours; "" leaves a word out.
    std::map<std::string, std::string, std::less<>> words;
  };
  using Columns = std::map<std::string, Column, std::less<>>;

  std::string source;  ///< names the table in every object made of it
  codec::CsvOptions options;
  Dates dates = Dates::kIso;
  /// By property: id, name (both needed), description, start, end, discovered, disclosed,
  /// countries, sectors, actor_types, effects, techniques, flags, incident_type, sources.
  Columns incident;
  /// By property: claimant (needed), date, wording, state, actor, statement_type. Empty where the
  /// table has no claims.
  Columns attribution;
  bool verbatim = false;  ///< the column `wording` holds quotations, not paraphrases
};

/// Reads a mapping file. Refuses `table-map` with line and column, naming what is unknown, missing
/// or of another kind.
[[nodiscard]] Result<TableMap> read_table_map(ByteView toml);

}  // namespace comity::intake
