#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/csv.h"

#include "query/selection.h"
#include "record_at.h"
#include "stream_output.h"

namespace comity::cli {

/// Writes objects in one format, one after another: begin, each, end.
class ExportWriter {
 public:
  virtual ~ExportWriter() = default;
  virtual Result<void> begin(StreamOutput& output) = 0;
  virtual Result<void> add(StreamOutput& output, const query::Version& version,
                           ByteView object) = 0;
  virtual Result<void> end(StreamOutput& output) = 0;
};

/// A table (RFC 4180) of the selection's kind.
[[nodiscard]] Result<std::unique_ptr<ExportWriter>> csv_writer(const RecordAt& at,
                                                               const query::Selection& selection,
                                                               codec::CsvFormulas formulas);
/// The objects as they were filed, one a line: line ends between their tokens, where JSON allows
/// any white space, become spaces.
[[nodiscard]] std::unique_ptr<ExportWriter> lines_writer();
/// One STIX bundle of the objects as they were filed.
[[nodiscard]] std::unique_ptr<ExportWriter> bundle_writer(std::string id);

/// The bundle's id: the same for the same registry, size and selection.
[[nodiscard]] std::string bundle_id(const std::string& origin, std::uint64_t size,
                                    const query::Selection& selection);

}  // namespace comity::cli
