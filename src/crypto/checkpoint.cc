#include "crypto/checkpoint.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "crypto/decimal.h"
#include "crypto/line_reader.h"

namespace comity::crypto {
namespace {

std::unexpected<Error> malformed_checkpoint() {
  return refuse("checkpoint-malformed",
                "A checkpoint has an origin, a decimal size, a base64 root of 32 bytes, and no "
                "empty line; get it again from the log.");
}

}  // namespace

std::string print(const Checkpoint& checkpoint) {
  std::string text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, count(checkpoint.size),
                                 to_base64(checkpoint.root.view()));
  for (const std::string& line : checkpoint.extensions) text.append(line).append("\n");
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  LineReader lines(text);
  const auto origin = lines.next();
  const auto size_line = lines.next();
  const auto root_line = lines.next();
  if (!root_line || origin->empty()) return malformed_checkpoint();
  const auto size = parse_decimal(*size_line);
  const auto root = from_base64(*root_line);
  if (!size || !root || root->size() != RootHash::kSize) return malformed_checkpoint();
  Checkpoint checkpoint{.origin = std::string(*origin),
                        .size = TreeSize{*size},
                        .root = RootHash::from(*root),
                        .extensions = {}};
  while (!lines.rest().empty()) {
    const auto line = lines.next();
    if (!line || line->empty()) return malformed_checkpoint();
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

Result<SignedCheckpoint> sign_checkpoint(const Checkpoint& checkpoint, const SecretKey& key) {
  Note note{.text = print(checkpoint), .signatures = {}};
  const auto reread = parse_checkpoint(note.text);
  if (!reread || *reread != checkpoint) return malformed_checkpoint();
  COMITY_CHECK(sign_note(note, checkpoint.origin, key));
  return SignedCheckpoint{.checkpoint = checkpoint, .note = std::move(note)};
}

Result<SignedCheckpoint> open_checkpoint(std::string_view note, const Vkey& log) {
  COMITY_TRY(OpenedNote opened, open_note(note, std::span(&log, 1)));
  COMITY_TRY(Checkpoint checkpoint, parse_checkpoint(opened.note.text));
  if (checkpoint.origin != log.name)
    return refuse("checkpoint-other-origin",
                  "The checkpoint is about another log than the one whose key signed it; ask for "
                  "the checkpoint of that log.");
  return SignedCheckpoint{.checkpoint = std::move(checkpoint), .note = std::move(opened.note)};
}

}  // namespace comity::crypto
