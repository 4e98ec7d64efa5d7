#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "crypto/merkle.h"
#include "crypto/note.h"

/// Checkpoints (C2SP tlog-checkpoint): what a log signs about its tree.
namespace comity::crypto {

struct Checkpoint {
  std::string origin;
  TreeSize size{};
  RootHash root;
  std::vector<std::string> extensions;  // lines that are not empty; ours have none

  [[nodiscard]] TreeHead head() const { return {size, root}; }
  bool operator==(const Checkpoint&) const = default;
};

/// The text of the note: origin, decimal size, base64 root, extension lines, each with a newline.
[[nodiscard]] std::string print(const Checkpoint& checkpoint);

/// The inverse of print, strict. Refuses `checkpoint-malformed`.
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);

/// A checkpoint whose signature by the log's key was verified, and the note that carries it, with
/// the cosignatures that came along.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  Note note;
};

/// Signs under the origin as key name. Refuses `checkpoint-malformed` for an origin or extension
/// that can't be written, and what sign_note refuses. The caller makes sure that the checkpoint is
/// consistent with every earlier one that it signed.
[[nodiscard]] Result<SignedCheckpoint> sign_checkpoint(const Checkpoint& checkpoint,
                                                       const SecretKey& key);

/// Opens the note with the log's key, whose name must be the checkpoint's origin. Refuses as
/// open_note and parse_checkpoint, and `checkpoint-other-origin`.
[[nodiscard]] Result<SignedCheckpoint> open_checkpoint(std::string_view note, const Vkey& log);

}  // namespace comity::crypto
