#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"
#include "crypto/decimal.h"
#include "crypto/uuid.h"

#include "tests/fuzz_target.h"

// Numbers, UUIDs and base64 that are read are written again as the same text, hexadecimal in lower
// case; and any bytes are written so that they are read as the same.
COMITY_FUZZ_TARGET(crypto_canonical_text_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const std::string_view text = as_text(bytes);
  if (const auto number = crypto::parse_decimal(text))
    COMITY_ASSERT(std::to_string(*number) == text);
  if (const auto uuid = crypto::parse_uuid(text)) COMITY_ASSERT(crypto::to_text(*uuid) == text);
  if (const auto read = from_base64(text)) COMITY_ASSERT(to_base64(*read) == text);
  if (const auto read = from_base64url(text)) COMITY_ASSERT(to_base64url(*read) == text);
  if (const auto read = from_hex(text)) {
    std::string lower(text);
    for (char& c : lower)
      if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    COMITY_ASSERT(to_hex(*read) == lower);
  }
  COMITY_ASSERT(equal(from_hex(to_hex(bytes)).value(), bytes));
  COMITY_ASSERT(equal(from_base64(to_base64(bytes)).value(), bytes));
  COMITY_ASSERT(equal(from_base64url(to_base64url(bytes)).value(), bytes));
  return 0;
}
