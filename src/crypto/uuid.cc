#include "crypto/uuid.h"

#include <openssl/evp.h>

#include "base/bytes.h"

namespace comity::crypto {
namespace {

/// The value of a lower-case hexadecimal digit, or -1.
int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool read_digits(std::string_view text, Uuid& uuid) {
  constexpr std::size_t kLength = 36;
  if (text.size() != kLength) return false;
  std::size_t at = 0;
  for (std::byte& byte : uuid.bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) {
      if (text[at] != '-') return false;
      ++at;
    }
    const int high = digit(text[at]);
    const int low = digit(text[at + 1]);
    if (high < 0 || low < 0) return false;
    byte = static_cast<std::byte>(high << 4 | low);
    at += 2;
  }
  return true;
}

}  // namespace

Uuid uuid_v5(const Uuid& space, std::string_view name) {
  Bytes input = to_bytes(ByteView(space.bytes));
  append(input, name);
  // SHA-1 serves here as RFC 9562 prescribes it, to spread names; nothing rests on its strength.
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  const int done = EVP_Digest(input.data(), input.size(), hash.data(), &size, EVP_sha1(), nullptr);
  COMITY_ASSERT(done == 1 && size == 20);
  Uuid uuid;
  for (std::size_t i = 0; i < uuid.bytes.size(); ++i) uuid.bytes[i] = std::byte{hash[i]};
  uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0f}) | std::byte{0x50};
  uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3f}) | std::byte{0x80};
  return uuid;
}

std::string to_text(const Uuid& uuid) {
  std::string text = to_hex(uuid.bytes);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

Result<Uuid> parse_uuid(std::string_view text) {
  Uuid uuid;
  if (!read_digits(text, uuid))
    return refuse("uuid-malformed",
                  "Write the UUID as 32 lower-case hexadecimal digits in groups of 8-4-4-4-12.");
  return uuid;
}

}  // namespace comity::crypto
