#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "views/message.h"

#include "query/export_request.h"
#include "query/readers.h"

namespace comity::views {

/// An export as a body: made as it is read, so that its size is not known before and memory does
/// not grow with it. It keeps its reader, and so its state of the record, until it goes; when the
/// log withholds something that this state still shows, it ends with `record-behind`, unfinished.
/// `size` is that of the log, as of which it is made.
[[nodiscard]] Result<std::unique_ptr<BodySource>> export_body(query::Readers::Lease reader,
                                                              const Files& files,
                                                              const std::string& origin,
                                                              const query::ExportRequest& request,
                                                              std::uint64_t size);

/// "text/csv; charset=utf-8; header=present", "application/jsonl",
/// "application/stix+json;version=2.1".
[[nodiscard]] std::string_view export_type(query::ExportFormat format);

}  // namespace comity::views
