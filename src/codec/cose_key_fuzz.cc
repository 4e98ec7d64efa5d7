#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/cose_key.h"

#include "tests/fuzz_target.h"

/// What parses is written back the same.
COMITY_FUZZ_TARGET(codec_cose_key_fuzz)(const std::uint8_t* data, std::size_t size) {
  const comity::ByteView bytes = std::as_bytes(std::span(data, size));
  const auto key = comity::codec::parse_cose_key(bytes);
  if (key) COMITY_ASSERT(comity::equal(comity::codec::write_cose_key(*key), bytes));
  return 0;
}
