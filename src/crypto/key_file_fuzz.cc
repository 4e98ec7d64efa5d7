#include "base/error.h"
#include "crypto/key_file.h"

#include "tests/fuzz_target.h"

// What parses is written again byte for byte. Opening is left out where argon2id would run.
COMITY_FUZZ_TARGET(crypto_key_file_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto file = crypto::parse_key_file(text);
  if (!file) return 0;
  COMITY_ASSERT(crypto::print(*file) == text);
  if (file->is_sealed()) return 0;
  const auto key = crypto::open_key_file(*file, "");
  if (key) COMITY_ASSERT(key->public_key() == file->public_key);
  return 0;
}
