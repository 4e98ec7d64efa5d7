#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <rapidcheck.h>

#include "base/bytes.h"

/// Bytes that RapidCheck draws, and bits that it flips: for formats that are written and read.
namespace comity {

/// So many bytes, of any value even in RapidCheck's small cases.
inline Bytes drawn_bytes(std::size_t size) {
  Bytes bytes;
  while (bytes.size() < size)
    append_big_endian(bytes,
                      *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()));
  bytes.resize(size);
  return bytes;
}

template <class AnyDigest>
AnyDigest drawn_digest() {
  return AnyDigest::from(drawn_bytes(AnyDigest::kSize));
}

/// The bytes with one bit changed, each as likely as the others. REQUIRES: they are not empty.
inline Bytes with_flipped_bit(ByteView bytes) {
  const auto bit =
      *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, bytes.size() * 8));
  Bytes flipped = to_bytes(bytes);
  flipped[bit / 8] ^= std::byte{1} << bit % 8;
  return flipped;
}
inline std::string with_flipped_bit(std::string_view text) {
  return std::string(as_text(with_flipped_bit(as_bytes(text))));
}

}  // namespace comity
