#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "crypto/public_key.h"

/// Verifier keys of signed notes: `<name>+<key id>+<base64(type || key)>` (C2SP signed-note, Go's
/// golang.org/x/mod/sumdb/note).
namespace comity::crypto {

/// The signature types of C2SP signed-note that we know by name. Only `ed25519` signs and verifies
/// yet; a witness's cosignature is carried along as a signature of an unknown key.
enum class NoteType : std::uint8_t { ed25519 = 0x01, cosignature = 0x04 };

/// The first four bytes, big-endian, of SHA-256(name || 0x0A || type || key).
enum class NoteKeyId : std::uint32_t {};

struct Vkey {
  std::string name;
  NoteType type = NoteType::ed25519;
  PublicKey key;

  [[nodiscard]] NoteKeyId id() const;
  bool operator==(const Vkey&) const = default;
};

/// Not empty, at most limits::kNameBytes, UTF-8, without a plus sign, a control character or a
/// Unicode space. Refuses `key-name-malformed`.
[[nodiscard]] Result<void> check_key_name(std::string_view name);

/// The Ed25519 vkey of a name; refuses `key-name-malformed`, and `vkey-type-unsupported` for a key
/// of another algorithm.
[[nodiscard]] Result<Vkey> make_vkey(std::string_view name, const PublicKey& key);

[[nodiscard]] std::string print(const Vkey& vkey);

/// The inverse of print, strict: the key id has eight lower-case hexadecimal digits and is the
/// right one. Refuses `vkey-malformed`, `key-name-malformed`, `vkey-id-mismatch` and
/// `vkey-type-unsupported`.
[[nodiscard]] Result<Vkey> parse_vkey(std::string_view text);

}  // namespace comity::crypto
