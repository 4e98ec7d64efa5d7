#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "intake/case.h"
#include "intake/imported.h"

namespace comity::intake {

/// What the files of the data set begin with, in the directory that one has downloaded:
/// "EuRepoC_Global_Database_1.1.csv" or "Global_Database.csv".
inline constexpr std::string_view kEurepocGlobal = "Global_Database";
inline constexpr std::string_view kEurepocAttribution = "Attribution_dataset";
inline constexpr std::string_view kEurepocReceiver = "Receiver_dataset";

struct EurepocFiles {
  ByteView global;
  ByteView attribution;
  ByteView receiver;
};

struct EurepocOptions {
  /// Whether incidents carry the data set's running text, in which names of individuals may stand
  /// that no column of it names.
  bool descriptions = true;
};

/// EuRepoC 1.1 as STIX objects, as docs/mapping.md says: statements of the importer about what the
/// data set says. Pure and deterministic. No row is refused: what is doubtful is kept, marked and
/// counted. All of its counts can be made again from the objects, since they carry its codes.
///
/// Refuses `csv-...`, `text-encoding` and `table-columns` where a file is not that table,
/// `intake-too-large` where a record is above the size of an object, `importer-malformed`.
[[nodiscard]] Result<Imported> eurepoc(const EurepocFiles& files, const Importer& importer,
                                       const EurepocOptions& options = {});

}  // namespace comity::intake
