#include "base/error.h"
#include "crypto/merkle_proof.h"
#include "crypto/tlog_proof.h"

#include "tests/fuzz_target.h"

// What parses is written again byte for byte; verification of anything ends, and with a key that
// signed nothing it never says yes.
COMITY_FUZZ_TARGET(crypto_tlog_proof_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  static const crypto::Vkey log =
      crypto::parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
          .value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto proof = crypto::parse_tlog_proof(text);
  if (!proof) return 0;
  COMITY_ASSERT(crypto::print(*proof) == text);
  COMITY_ASSERT(!crypto::verify_tlog_proof(*proof, log, {}));
  const auto note = crypto::parse_note(proof->checkpoint);
  COMITY_ASSERT(note.has_value());
  const auto checkpoint = crypto::parse_checkpoint(note->text);
  COMITY_ASSERT(checkpoint.has_value());
  // The claim without the signature: whatever it says, it is judged, and no fault is ours.
  const auto inclusion =
      crypto::verify_inclusion({}, proof->index, checkpoint->head(), proof->path);
  COMITY_ASSERT(inclusion || inclusion.error().refusal() != nullptr);
  return 0;
}
