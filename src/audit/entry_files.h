#pragma once

#include "audit/report.h"
#include "base/files.h"

namespace comity::audit {

/// Notes with each finding about an entry where the entry lies: its bundle, and its records in the
/// segments with their offsets, as far as the damage lets them be found.
void name_files(const Files& files, Report& report);

}  // namespace comity::audit
