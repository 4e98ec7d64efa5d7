#include "log/log_reader.h"

#include <fmt/format.h>

#include "base/limits.h"

namespace comity::log {

Result<crypto::SignedCheckpoint> read_checkpoint(const Files& files, const crypto::Vkey& log) {
  COMITY_TRY(const auto note, files.read(kCheckpointPath, limits::kNoteBytes));
  if (!note)
    return refuse("log-missing",
                  "There is no checkpoint in this directory; name the directory of a registry, or "
                  "make one with comity init.");
  return crypto::open_checkpoint(as_text(*note), log);
}

Result<LogReader> LogReader::open(const Files& files, const crypto::Vkey& log) {
  COMITY_TRY(const auto checkpoint, read_checkpoint(files, log));
  return LogReader(files, checkpoint.checkpoint.head());
}

void LogReader::advance(const crypto::TreeHead& head) {
  tiles_.advance(head.size);
  head_ = head;
  recent_.reset();
}

Result<EntryRun> LogReader::read_run(std::uint64_t first) const {
  const auto bundle = bundle_at(head_.size, first / kTileWidth);
  if (!bundle || first >= size())
    return refuse("entry-out-of-range",
                  fmt::format("The log has {} entries, and none has the index {}; ask for one with "
                              "a smaller index.",
                              size(), first));
  COMITY_TRY(auto run, read_bundle(*files_, *bundle));
  const auto before = static_cast<std::ptrdiff_t>(first - run.first);
  run.entries.erase(run.entries.begin(), run.entries.begin() + before);
  run.first = first;
  return run;
}

Result<Bytes> LogReader::entry(crypto::LeafIndex index) const {
  const std::uint64_t wanted = crypto::number(index);
  const bool here =
      recent_ && wanted >= recent_->first && wanted - recent_->first < recent_->entries.size();
  if (!here) {
    if (wanted >= size()) return std::unexpected(read_run(wanted).error());
    COMITY_TRY(recent_, read_run(wanted / kTileWidth * kTileWidth));
  }
  const ByteView entry = recent_->entries[wanted - recent_->first];
  COMITY_TRY(const auto hash, leaf(index));
  if (crypto::leaf_hash(entry) != hash)
    return refuse("bundle-damaged",
                  fmt::format("Entry {} in {} is not the one whose hash the tile holds; restore "
                              "both from a mirror.",
                              wanted, path_of(*bundle_at(head_.size, wanted / kTileWidth))));
  return to_bytes(entry);
}

Result<crypto::LeafHash> LogReader::leaf(crypto::LeafIndex index) const {
  return tiles_.leaf(index);
}

Result<std::vector<crypto::NodeHash>> LogReader::prove_inclusion(crypto::LeafIndex index) const {
  COMITY_TRY(auto proof, crypto::prove_inclusion(index, head_.size, tiles_));
  COMITY_TRY(const auto hash, leaf(index));
  if (crypto::verify_inclusion(hash, index, head_, proof)) return proof;
  return refuse("log-damaged",
                fmt::format("The tiles on the way from entry {} do not lead to the root of size "
                            "{}; run comity audit to find the damaged one.",
                            crypto::number(index), size()));
}

Result<std::vector<crypto::NodeHash>> LogReader::prove_consistency(
    const crypto::TreeHead& from) const {
  COMITY_TRY(auto proof, crypto::prove_consistency({.from = from.size, .to = head_.size}, tiles_));
  if (crypto::verify_consistency(from, head_, proof)) return proof;
  return refuse("log-damaged",
                fmt::format("The tiles do not lead from the root of size {} to that of size {}; "
                            "run comity audit to find the damaged one, or whether the log forked.",
                            crypto::count(from.size), size()));
}

}  // namespace comity::log
