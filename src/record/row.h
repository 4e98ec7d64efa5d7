#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/cbor.h"

namespace comity::record {

/// A text of the table `word`.
struct Word {
  std::string_view text;
};
/// A STIX id, of the table `object`.
struct Ref {
  std::string_view id;
};

/// A value of a row as an object states it; nothing where it states none. Views live as long as the
/// text that was read.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, Word, Ref>;

/// The tables of schema.sql that hold what objects say. The numbers stand in the canonical changes
/// (docs/formats/record-digest.md), so they are never given anew.
enum class Table : std::uint8_t {
  incident = 1,
  fact = 2,
  name = 3,
  relation = 4,
  about = 5,
  claim = 6,
  response = 7,
  finding = 8,
  norm = 9,
  opinion = 10,
  publication = 11,
  source = 12,
};
inline constexpr std::size_t kTables = 12;

/// The table's name in schema.sql.
[[nodiscard]] std::string_view name_of(Table table);

/// One row of what an object says, without its first column, which is the version.
struct Row {
  Table table = Table::incident;
  std::vector<Value> values;
};

/// The row as it stands in the canonical changes: [table, value...]; words and ids as texts.
void write_row(codec::CborWriter& writer, const Row& row);

}  // namespace comity::record
