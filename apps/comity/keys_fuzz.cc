#include <cstddef>
#include <cstdint>

#include "keys.h"
#include "tests/fuzz_target.h"

// A key and a key's id have one text each, and no text is both.
COMITY_FUZZ_TARGET(cli_keys_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto kid = cli::parse_key_id(text);
  if (kid) {
    COMITY_ASSERT(size == 43 && cli::text_of(*kid) == text);
  } else {
    COMITY_ASSERT(kid.error().code() == "key-id-malformed");
  }
  const auto key = cli::parse_public_key(text);
  if (!key) {
    COMITY_ASSERT(key.error().refusal() != nullptr);
    return 0;
  }
  COMITY_ASSERT(!kid && cli::text_of(*key) == text);
  const codec::KeyId own = codec::key_id(*key);
  COMITY_ASSERT(cli::parse_key_id(cli::text_of(own)) == own);
  return 0;
}
