#include <cstddef>
#include <cstdint>

#include "codec/cbor.h"

#include "tests/codec/recode.h"
#include "tests/fuzz_target.h"

/// What the walk accepts has one encoding: copied head by head it comes out the same.
COMITY_FUZZ_TARGET(codec_cbor_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity::codec;
  const comity::ByteView bytes = std::as_bytes(std::span(data, size));
  CborReader reader(bytes);
  comity::Bytes copy;
  CborWriter writer(copy);
  if (check_deterministic(bytes)) {
    COMITY_ASSERT(recode(reader, writer));
    COMITY_ASSERT(reader.end());
    COMITY_ASSERT(comity::equal(copy, bytes));
  }
  return 0;
}
