#include "log/committer.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "log/segment_reader.h"
#include "log/strays.h"

namespace comity::log {
namespace {

/// What a batch writes besides entries, segments and one hash and row each: partial tiles of all
/// levels, the checkpoint twice, and the directories and blocks that are rounded up.
constexpr std::uint64_t kBatchExtra = std::uint64_t{1} << 20;
/// Hashes of all levels (32 * 256/255), two rows of an index, a length.
constexpr std::uint64_t kEntryExtra = 96;

/// What keeps the log from being opened, under one code: nothing will be signed.
template <class T>
Result<T> intact(Result<T> result) {
  if (result || result.error().refusal() == nullptr) return result;
  return refuse("log-damaged", result.error().refusal()->sentence);
}

std::uint64_t content_bytes(ByteView manifest, std::span<const rules::Part> parts) {
  return manifest.empty() && parts.empty() ? 0 : record_size(manifest, parts);
}

Result<std::string> read_note(const Files& files) {
  COMITY_TRY(const auto note, files.read(kCheckpointPath, limits::kNoteBytes));
  if (note) return std::string(as_text(*note));
  return refuse("log-missing",
                "There is no checkpoint in this directory; name the directory of a registry, or "
                "make one with comity init.");
}

EntryContent content_of(const rules::AdmittedEntry& entry) {
  return {.entry = entry.entry(),
          .leaf = entry.leaf(),
          .manifest = entry.manifest(),
          .public_parts = entry.public_parts(),
          .hidden_parts = entry.hidden_parts()};
}

}  // namespace

Result<Committer> Committer::create(Files& files, LogSigner signer, CommitOptions options) {
  Committer committer(files, std::move(signer), options);
  COMITY_TRY(committer.lock_, files.lock(kLockPath));
  COMITY_TRY(const auto checkpoint, files.size(kCheckpointPath));
  COMITY_TRY(const auto tiles, files.list("tile"));
  COMITY_TRY(const auto segments, files.list("segments"));
  if (checkpoint || !tiles.empty() || !segments.empty())
    return refuse("log-exists",
                  "This directory holds a log already, or parts of one; open that one, or name "
                  "another directory.");
  COMITY_CHECK(adopt(files));
  COMITY_TRY(const auto empty, crypto::sign_checkpoint({.origin = committer.signer_.origin,
                                                        .size = {},
                                                        .root = crypto::empty_root(),
                                                        .extensions = {}},
                                                       *committer.signer_.key));
  COMITY_CHECK(files.replace(kCheckpointPath, as_bytes(crypto::print(empty.note))));
  COMITY_CHECK(committer.load());
  return committer;
}

Result<Committer> Committer::open(Files& files, LogSigner signer, CommitOptions options) {
  Committer committer(files, std::move(signer), options);
  COMITY_TRY(committer.lock_, files.lock(kLockPath));
  COMITY_CHECK(committer.load());
  // The process before this one may have been killed between the replacing of the checkpoint and
  // its sync; from here on the checkpoint is promised to whoever asks.
  COMITY_CHECK(files.sync());
  return committer;
}

Result<void> Committer::load() {
  COMITY_TRY(const auto tiles, files_->list("tile"));
  COMITY_TRY(const auto checkpoint, files_->size(kCheckpointPath));
  if (!checkpoint && !tiles.empty())
    return refuse("log-damaged",
                  "The checkpoint is gone, though there are tiles; restore it from a mirror, "
                  "whatever the size that it had.");
  COMITY_TRY(note_, read_note(*files_));
  COMITY_TRY(epoch_, check_epoch(*files_));
  COMITY_TRY(const auto vkey, crypto::make_vkey(signer_.origin, signer_.key->public_key()));
  COMITY_TRY(checkpoint_, crypto::open_checkpoint(note_, vkey));
  // All is read and found whole before anything is cut or removed.
  COMITY_TRY(tree_, intact(TreeWriter::open(*files_, head())));
  for (const SegmentKind kind : {SegmentKind::visible, SegmentKind::hidden})
    COMITY_CHECK(intact(SegmentReader::open(*files_, kind, head().size)));
  for (const SegmentKind kind : {SegmentKind::visible, SegmentKind::hidden}) {
    auto& segments = kind == SegmentKind::visible ? visible_ : hidden_;
    COMITY_TRY(segments,
               intact(SegmentWriter::open(*files_, kind, head().size, options_.segment_bytes)));
  }
  COMITY_TRY(const auto strays, stray_tiles(*files_, head().size));
  if (strays.empty()) return {};
  // Partial tiles that only a full one stands in for must lie there before that goes.
  COMITY_CHECK(tree_.write(*files_));
  COMITY_CHECK(files_->sync());
  for (const std::string& path : strays) COMITY_CHECK(files_->remove(path));
  return {};
}

Result<crypto::SignedCheckpoint> Committer::commit(std::span<const rules::AdmittedEntry> batch) {
  std::vector<EntryContent> contents;
  contents.reserve(batch.size());
  for (const rules::AdmittedEntry& entry : batch) {
    COMITY_ASSERT(entry.index() == crypto::count(head().size) + contents.size());
    contents.push_back(content_of(entry));
  }
  return commit_unadmitted(contents);
}

Result<crypto::SignedCheckpoint> Committer::commit_unadmitted(std::span<const EntryContent> batch) {
  COMITY_CHECK(check_usable());
  if (batch.empty()) return checkpoint_;
  COMITY_CHECK(check_space(batch));
  ended_ = true;  // unless the end is reached
  const auto written = write(batch);
  if (!written) return as_fault(written.error());
  const auto replaced = sign_and_replace();
  if (!replaced) return as_fault(replaced.error());
  ended_ = false;
  tree_.remove_obsolete(*files_);
  return checkpoint_;
}

Result<void> Committer::check_usable() const {
  if (!ended_) return {};
  return fail(
      "An earlier write to this log failed, so nobody knows what is on disk; close the registry "
      "and open it again");
}

Result<void> Committer::check_space(std::span<const EntryContent> batch) const {
  std::uint64_t bytes = kBatchExtra + tree_.partial_bytes();
  for (const EntryContent& content : batch)
    bytes += kEntryExtra + content.entry.size() +
             content_bytes(content.manifest, content.public_parts) +
             content_bytes({}, content.hidden_parts);
  COMITY_TRY(const std::uint64_t free, files_->free_space());
  if (free >= bytes && free - bytes >= options_.reserve_bytes) return {};
  return fail(
      fmt::format("The disk has {} bytes free, and this batch needs {} with {} in reserve; "
                  "nothing was written, make room and file again",
                  free, bytes, options_.reserve_bytes));
}

Result<void> Committer::check_unchanged() const {
  COMITY_TRY(const std::string note, read_note(*files_));
  if (note != note_)
    return fail(
        "The checkpoint on disk is not the one that this writer continues: another program wrote "
        "to the directory. Nothing was signed; stop the other, and audit the log");
  COMITY_TRY(const Epoch epoch, read_epoch(*files_));
  if (epoch != epoch_)
    return fail(
        "The epoch of the directory has changed: somebody has adopted it. Nothing was signed; only "
        "one copy may be written to");
  return {};
}

Result<void> Committer::write(std::span<const EntryContent> batch) {
  COMITY_CHECK(check_unchanged());
  std::uint64_t index = crypto::count(head().size);
  for (const EntryContent& content : batch) {
    tree_.add(content.entry, content.leaf);
    if (!content.manifest.empty() || !content.public_parts.empty())
      visible_->add(index, content.manifest, content.public_parts);
    if (!content.hidden_parts.empty()) hidden_->add(index, {}, content.hidden_parts);
    ++index;
  }
  COMITY_CHECK(visible_->write(*files_));
  COMITY_CHECK(hidden_->write(*files_));
  COMITY_CHECK(tree_.write(*files_));
  return files_->sync();
}

Result<void> Committer::sign_and_replace() {
  COMITY_CHECK(check_unchanged());
  const crypto::TreeHead next = tree_.head();
  COMITY_ASSERT(next.size > head().size);
  COMITY_TRY(auto checkpoint,
             crypto::sign_checkpoint(
                 {.origin = signer_.origin, .size = next.size, .root = next.root, .extensions = {}},
                 *signer_.key));
  std::string note = crypto::print(checkpoint.note);
  COMITY_CHECK(files_->replace(kCheckpointPath, as_bytes(note)));
  checkpoint_ = std::move(checkpoint);
  note_ = std::move(note);
  return {};
}

Result<void> Committer::erase(std::span<const filing::ItemPlace> places) {
  COMITY_CHECK(check_usable());
  if (places.empty()) return {};
  ended_ = true;  // unless the end is reached
  for (const filing::ItemPlace& place : places) {
    const auto erased = log::erase(*files_, head().size, place);
    if (!erased) return as_fault(erased.error());
  }
  COMITY_CHECK(files_->sync());
  ended_ = false;
  return {};
}

}  // namespace comity::log
