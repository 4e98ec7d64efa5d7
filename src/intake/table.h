#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "intake/case.h"
#include "intake/imported.h"
#include "intake/table_map.h"

namespace comity::intake {

/// One cell that does not say what its column must.
struct TableProblem {
  std::uint64_t row;   ///< as a spreadsheet numbers it
  std::string column;  ///< its name; "" for the whole row
  std::string sentence;
};

/// What a table would become.
struct TableImport {
  Imported imported;  ///< no object where there is any problem
  /// At most kProblems, in the order of the rows.
  std::vector<TableProblem> problems;
  std::uint64_t problem_count = 0;

  static constexpr std::size_t kProblems = 1000;
};

/// Reads a table of incidents, one a row, as the mapping says: statements of the importer about
/// what the table says, and for the rows with a claimant one reported attribution. Pure and
/// deterministic; all rows are looked at before anything is handed out.
///
/// Refuses `csv-...`, `text-encoding`, `table-columns` where a column that the mapping names is
/// missing, `intake-too-large`, `importer-malformed`.
[[nodiscard]] Result<TableImport> import_table(ByteView csv, const TableMap& map,
                                               const Importer& importer);

}  // namespace comity::intake
