#include "base/error.h"
#include "crypto/vkey.h"

#include "tests/fuzz_target.h"

// What parses is written again byte for byte, and its name may stand in a note.
COMITY_FUZZ_TARGET(crypto_vkey_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto vkey = crypto::parse_vkey(text);
  if (vkey) {
    COMITY_ASSERT(crypto::print(*vkey) == text);
    COMITY_ASSERT(crypto::make_vkey(vkey->name, vkey->key) == *vkey);
  }
  return 0;
}
