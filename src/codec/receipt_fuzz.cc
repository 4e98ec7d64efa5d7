#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/receipt.h"

#include "tests/fuzz_target.h"

/// What parses is written back the same, and doesn't verify under a key that never signed.
COMITY_FUZZ_TARGET(codec_receipt_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto receipt = codec::parse_receipt(bytes);
  if (!receipt) return 0;
  codec::SignedRoot root{
      .header = to_bytes(receipt->header), .signature = {}, .size = receipt->size};
  std::ranges::copy(receipt->signature, std::as_writable_bytes(std::span(root.signature)).begin());
  COMITY_ASSERT(equal(codec::write_receipt(root, receipt->index, receipt->path), bytes));
  static const auto key = crypto::SecretKey::generate(crypto::Algorithm::ed25519);
  const codec::ReceiptTrust trust{.key = key.public_key(), .origin = receipt->origin};
  COMITY_ASSERT(!codec::verify_receipt(*receipt, crypto::leaf_hash(bytes), trust));
  return 0;
}
