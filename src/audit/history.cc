#include "audit/history.h"

#include <fmt/format.h>

#include "crypto/merkle_proof.h"
#include "log/tile_reader.h"

namespace comity::audit {
namespace {

void audit_one(const Files& files, const crypto::Checkpoint& earlier,
               const crypto::SignedCheckpoint& now, Report& report) {
  const std::uint64_t size = crypto::count(earlier.size);
  if (size > crypto::count(now.checkpoint.size))
    return report.add({"log-rolled-back",
                       fmt::format("The log has {} entries, but its key has signed a checkpoint of "
                                   "{}: entries were taken back.",
                                   crypto::count(now.checkpoint.size), size),
                       std::nullopt});
  const log::TileReader tiles(files, now.checkpoint.size);
  const auto range = crypto::read_range(earlier.size, tiles);
  if (!range) return report.add(range.error());
  if (range->root() != earlier.root)
    report.add({"log-forked",
                fmt::format("At size {} this log had the root {}, but its key has also signed the "
                            "root {}: two histories. Keep both checkpoints; together they are the "
                            "proof.",
                            size, to_base64(range->root().view()), to_base64(earlier.root.view())),
                std::nullopt});
}

}  // namespace

void audit_history(const Files& files, const crypto::Vkey& log, const crypto::SignedCheckpoint& now,
                   const std::vector<std::string>& earlier_notes, Report& report) {
  for (const std::string& note : earlier_notes) {
    const auto earlier = crypto::open_checkpoint(note, log);
    if (!earlier) {
      report.add(earlier.error());
      continue;
    }
    ++report.earlier_checkpoints;
    audit_one(files, earlier->checkpoint, now, report);
  }
}

}  // namespace comity::audit
