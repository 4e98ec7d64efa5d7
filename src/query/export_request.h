#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "codec/csv.h"

#include "query/selection.h"

namespace comity::query {

enum class ExportFormat : std::uint8_t { csv, jsonl, stix };

/// What is to be exported, and how.
struct ExportRequest {
  ExportFormat format = ExportFormat::jsonl;
  Selection selection;
  codec::CsvFormulas formulas = codec::CsvFormulas::kVerbatim;
};

/// The same as a person or a program writes it.
struct ExportTexts {
  std::string format = "jsonl";  ///< csv, jsonl, stix
  std::string kind;              ///< of `selection_kinds()`; empty: incidents as csv, else objects
  std::string country;
  std::string from;
  std::string to;
  std::string source;
  std::string party;
  bool all_versions = false;
  bool spreadsheet = false;

  /// Refuses `export-filter` for a format, a kind or a party that is none, and for a filter that
  /// doesn't fit the kind; `date-malformed`. `before` stands before the name of a filter where it
  /// is written: "--" on the command line.
  [[nodiscard]] Result<ExportRequest> request(std::string_view before = {}) const;
};

}  // namespace comity::query
