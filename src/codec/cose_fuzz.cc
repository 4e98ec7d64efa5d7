#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/cbor.h"
#include "codec/cose.h"

#include "tests/fuzz_target.h"

/// What parses is deterministic, is written back the same, and is judged by any key without a
/// fault.
COMITY_FUZZ_TARGET(codec_cose_fuzz)(const std::uint8_t* data, std::size_t size) {
  const comity::ByteView bytes = std::as_bytes(std::span(data, size));
  const auto message = comity::codec::parse_sign1(bytes);
  if (!message) return 0;
  COMITY_ASSERT(comity::codec::check_deterministic(bytes));
  COMITY_ASSERT(comity::equal(comity::codec::write_sign1(*message), bytes));
  const auto payload = message->payload.value_or(comity::ByteView());
  COMITY_ASSERT(
      comity::codec::check_deterministic(comity::codec::sig_structure(message->header, payload)));
  static const auto key = comity::crypto::SecretKey::generate(comity::crypto::Algorithm::ed25519);
  COMITY_ASSERT(!comity::codec::verify(*message, payload, key.public_key()));
  return 0;
}
