#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/time.h"
#include "crypto/checkpoint.h"
#include "crypto/public_key.h"
#include "crypto/vkey.h"
#include "log/log_reader.h"
#include "log/registry.h"
#include "log/segment_reader.h"

#include "context.h"

namespace comity::cli {

/// What a stranger needs to check a registry's proofs: `trust.json` in its directory, to be had
/// from somewhere that the stranger believes.
struct Trust {
  std::string origin;
  crypto::Vkey log;
  crypto::PublicKey receipt_key;
  std::string registrar;  ///< identity id
};

/// Refuses `trust-malformed`; `path` names it in the sentence.
[[nodiscard]] Result<Trust> parse_trust(ByteView bytes, const std::string& path);
/// Refuses `trust-malformed`, `file-missing`.
[[nodiscard]] Result<Trust> read_trust(const std::string& path);
/// That of a registry's own directory. Refuses `trust-malformed`; `log-missing` where the directory
/// is no registry's.
[[nodiscard]] Result<Trust> read_own_trust(const std::string& directory);
[[nodiscard]] std::string print(const Trust& trust);

// Where a registry's files lie.
[[nodiscard]] std::string trust_path(const std::string& directory);
[[nodiscard]] std::string note_key_path(const std::string& directory);
[[nodiscard]] std::string receipt_key_path(const std::string& directory);
[[nodiscard]] std::string registrar_key_path(const std::string& directory);

/// A registry's directory to be read only, at the checkpoint on disk, which the trust's key has
/// signed.
struct ReadRegistry {
  std::string directory;
  Trust trust;
  std::unique_ptr<Files> files;
  crypto::SignedCheckpoint checkpoint;

  [[nodiscard]] crypto::TreeHead head() const { return checkpoint.checkpoint.head(); }
  [[nodiscard]] std::uint64_t size() const { return crypto::count(head().size); }
  /// The file of the admission state.
  [[nodiscard]] std::string state_path() const;

  // Readers of the log at that checkpoint; this must outlive them.
  [[nodiscard]] log::LogReader log_reader() const { return {*files, head()}; }
  [[nodiscard]] Result<log::SegmentReader> segment_reader(log::SegmentKind kind) const {
    return log::SegmentReader::open(*files, kind, head().size);
  }
};
/// Refuses `log-missing` where there is no registry, and as read_trust and log::read_checkpoint.
[[nodiscard]] Result<ReadRegistry> read_registry(const std::string& directory);
/// With another trust than the directory's own.
[[nodiscard]] Result<ReadRegistry> read_registry(const std::string& directory, Trust trust);

/// The same, opened to be written to with the keys in DIR/private.
struct OpenRegistry {
  std::string directory;
  Trust trust;
  std::unique_ptr<Files> files;
  SystemClock clock;
  std::unique_ptr<log::Registry> registry;  // last: it uses the others

  [[nodiscard]] const crypto::SecretKey& registrar_key() const {
    return registry->keys().registrar;
  }
  [[nodiscard]] const rules::State& state() const { return registry->state(); }
  /// As it stands on disk after the last commit, to be read.
  [[nodiscard]] Result<ReadRegistry> read() const { return read_registry(directory, trust); }
};
/// For a verb that files, see written_registry.h. Its progress is shown, whatever `options` has for
/// that.
[[nodiscard]] Result<std::unique_ptr<OpenRegistry>> open_registry(
    const std::string& directory, Context& context, log::RegistryOptions options = {});

/// A directory of our own that goes with this.
class ScratchDirectory {
 public:
  [[nodiscard]] static Result<ScratchDirectory> make();
  ~ScratchDirectory();
  ScratchDirectory(ScratchDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit ScratchDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// The admission state of a registry that is only read: a copy of its own, brought up to the
/// checkpoint, or, where that can't be had, made by a replay of the log.
struct ReadState {
  ScratchDirectory scratch;
  std::unique_ptr<log::SqliteState> state;
};
[[nodiscard]] Result<ReadState> read_state(const ReadRegistry& registry, const Context& context);

}  // namespace comity::cli
