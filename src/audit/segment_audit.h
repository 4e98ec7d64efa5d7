#pragma once

#include "audit/report.h"
#include "base/files.h"
#include "log/layout.h"

namespace comity::audit {

/// The segments of one kind as files: the index opens and its rows ascend; records lie end to end
/// from the first file's first byte, each file begun only where its record did not fit; no file is
/// missing or left over. What the records hold is checked with their entries.
void audit_segments(const Files& files, const crypto::TreeHead& head, log::SegmentKind kind,
                    Report& report);

}  // namespace comity::audit
