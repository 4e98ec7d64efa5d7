#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"

#include "query/export_request.h"
#include "query/record_at.h"

namespace comity::query {

/// Writes objects in one format, one after another: begin, each, end. Each appends to a text.
class ExportWriter {
 public:
  ExportWriter() = default;
  virtual ~ExportWriter() = default;
  ExportWriter(const ExportWriter&) = delete;
  ExportWriter& operator=(const ExportWriter&) = delete;

  virtual void begin(std::string& to) = 0;
  virtual Result<void> add(std::string& to, const Version& version, ByteView object) = 0;
  virtual void end(std::string& to) = 0;
};

/// A table (RFC 4180) of the selection's kind; the objects as they were filed, one a line, where
/// line ends between their tokens become spaces; or one STIX bundle of the objects as they were
/// filed, whose id is the same for the same registry, size and selection. `at` must outlive it.
[[nodiscard]] Result<std::unique_ptr<ExportWriter>> export_writer(const RecordAt& at,
                                                                  std::string_view origin,
                                                                  const ExportRequest& request);

}  // namespace comity::query
