#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/public_key.h"
#include "crypto/secret.h"
#include "crypto/secret_key.h"

/// Private keys in files; the grammar is in docs/formats/key-file.md.
namespace comity::crypto {

/// What argon2id has to spend on a passphrase: passes over so many KiB of memory.
struct KeyFileCost {
  std::uint64_t passes = 3;            // libsodium's "moderate": about half a second,
  std::uint64_t memory_kib = 262'144;  // 256 MiB

  bool operator==(const KeyFileCost&) const = default;
};

/// The bounds of what a file may ask for; above them it is refused before anything is spent.
inline constexpr KeyFileCost kLeastKeyFileCost{.passes = 1, .memory_kib = 8};
inline constexpr KeyFileCost kGreatestKeyFileCost{.passes = 16, .memory_kib = 1'048'576};

/// The secret under a passphrase: secretbox with the key that argon2id makes of it.
struct SealedSecret {
  KeyFileCost cost;
  std::array<std::byte, 16> salt{};
  std::array<std::byte, 24> nonce{};
  std::array<std::byte, 48> box{};
};

/// A key file as it is written: the public key for everybody, the secret sealed, or plain for
/// daemons (who protects the file then, mode 0600, is the caller's matter).
struct KeyFile {
  PublicKey public_key;
  std::variant<SealedSecret, Secret> secret;

  [[nodiscard]] bool is_sealed() const { return std::holds_alternative<SealedSecret>(secret); }
};

/// Seals the key; takes as long as the cost says. A fault where the memory can't be had.
/// REQUIRES: the cost is within the bounds.
[[nodiscard]] Result<KeyFile> seal_key_file(const SecretKey& key, std::string_view passphrase,
                                            KeyFileCost cost = {});
/// The file that anybody who can read it can sign with.
[[nodiscard]] KeyFile plain_key_file(const SecretKey& key);

/// The signing key. The passphrase is not looked at where the file is plain. Refuses
/// `key-file-not-opened` on a wrong passphrase or damaged box, and `key-file-mismatch` where the
/// public key in the file is not that of the secret; a fault where the memory can't be had.
[[nodiscard]] Result<SecretKey> open_key_file(const KeyFile& file, std::string_view passphrase);

/// Holds the secret where it is plain: wipe it after use.
[[nodiscard]] std::string print(const KeyFile& file);

/// The inverse of print, strict. Refuses `key-file-malformed`, and `key-file-cost` where it asks
/// argon2id for more or less than the bounds.
[[nodiscard]] Result<KeyFile> parse_key_file(std::string_view text);

}  // namespace comity::crypto
