#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "codec/cose_key.h"
#include "crypto/key_file.h"

#include "passphrases.h"

namespace comity::cli {

/// Whether a key file is sealed under a passphrase or holds its secret in the clear.
enum class Sealing { passphrase, plain };

/// The key file without its secret opened. Refuses `file-missing` and as crypto::parse_key_file.
[[nodiscard]] Result<crypto::KeyFile> read_key_file(const std::string& path);

/// Reads a key file to sign with; asks for the passphrase where it is sealed.
[[nodiscard]] Result<crypto::SecretKey> load_key(const std::string& path, Passphrases& passphrases);

/// The bytes of a key file; asks for a new passphrase. `what` names the key for a person. Wipe it.
[[nodiscard]] Result<std::string> print_key(const crypto::SecretKey& key, Sealing sealing,
                                            const std::string& what, Passphrases& passphrases);

/// Writes a new key file with mode 0600; refuses `file-exists`.
Result<void> save_key(const std::string& path, const crypto::SecretKey& key, Sealing sealing,
                      Passphrases& passphrases);

/// A public key as a person hands it over: a COSE_Key in base64url, or the path of a key file.
[[nodiscard]] Result<crypto::PublicKey> read_public_key(const std::string& text_or_path);

/// Reads a COSE_Key in base64url.
[[nodiscard]] Result<crypto::PublicKey> parse_public_key(std::string_view text);

/// Reads the base64url of a thumbprint; refuses `key-id-malformed`.
[[nodiscard]] Result<codec::KeyId> parse_key_id(std::string_view text);
[[nodiscard]] std::string text_of(const codec::KeyId& kid);
/// The COSE_Key in base64url.
[[nodiscard]] std::string text_of(const crypto::PublicKey& key);

}  // namespace comity::cli
