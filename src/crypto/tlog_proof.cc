#include "crypto/tlog_proof.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "crypto/decimal.h"
#include "crypto/line_reader.h"
#include "crypto/merkle_proof.h"

namespace comity::crypto {
namespace {

constexpr std::string_view kTlogProofMagic = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kMaxTlogProofBytes = 2 * limits::kNoteBytes;

std::unexpected<Error> malformed_proof(std::string what) {
  return refuse("tlog-proof-malformed",
                "The proof " + std::move(what) + "; get it again from the log.");
}

}  // namespace

std::string print(const TlogProof& proof) {
  std::string text = fmt::format("{}\n", kTlogProofMagic);
  if (proof.extra) text += fmt::format("extra {}\n", to_base64(*proof.extra));
  text += fmt::format("index {}\n", number(proof.index));
  for (const NodeHash& hash : proof.path) text += to_base64(hash.view()) + "\n";
  return text + "\n" + proof.checkpoint;
}

Result<TlogProof> parse_tlog_proof(std::string_view text) {
  if (text.size() > kMaxTlogProofBytes) return malformed_proof("has more than 131,072 bytes");
  LineReader lines(text);
  if (lines.next() != kTlogProofMagic)
    return malformed_proof("does not begin with c2sp.org/tlog-proof@v1");
  TlogProof proof;
  if (const auto line = lines.next_after("extra")) {
    auto extra = from_base64(*line);
    if (!extra || extra->empty()) return malformed_proof("has extra data that are not base64");
    proof.extra = std::move(*extra);
  }
  const auto index_line = lines.next_after("index");
  const auto index = index_line ? parse_decimal(*index_line) : std::nullopt;
  if (!index) return malformed_proof("has no index of the entry");
  proof.index = LeafIndex{*index};
  for (;;) {
    const auto line = lines.next();
    if (!line) return malformed_proof("has no checkpoint");
    if (line->empty()) break;
    const auto hash = from_base64(*line);
    if (!hash || hash->size() != NodeHash::kSize)
      return malformed_proof("has a line that is no hash");
    if (proof.path.size() == kInclusionHashes) return malformed_proof("has too many hashes");
    proof.path.push_back(NodeHash::from(*hash));
  }
  COMITY_TRY(const Note note, parse_note(lines.rest()));
  COMITY_CHECK(parse_checkpoint(note.text));
  proof.checkpoint = std::string(lines.rest());
  return proof;
}

Result<SignedCheckpoint> verify_tlog_proof(const TlogProof& proof, const Vkey& log,
                                           const LeafHash& leaf) {
  COMITY_TRY(SignedCheckpoint opened, open_checkpoint(proof.checkpoint, log));
  COMITY_CHECK(verify_inclusion(leaf, proof.index, opened.checkpoint.head(), proof.path));
  return opened;
}

}  // namespace comity::crypto
