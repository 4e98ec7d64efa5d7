#pragma once

#include <string>
#include <vector>

#include "audit/report.h"
#include "base/files.h"
#include "crypto/checkpoint.h"
#include "crypto/vkey.h"

namespace comity::audit {

/// Holds checkpoints that somebody has kept against the log: each must be signed by the log's key,
/// not be larger than the log (`log-rolled-back`), and have the root that the log had at its size
/// (`log-forked`: two signed checkpoints that contradict each other are proof of it).
void audit_history(const Files& files, const crypto::Vkey& log, const crypto::SignedCheckpoint& now,
                   const std::vector<std::string>& earlier_notes, Report& report);

}  // namespace comity::audit
