#pragma once

#include <array>
#include <cstddef>

#include "base/bytes.h"
#include "crypto/secret.h"

/// Ed25519 (RFC 8032), pure, by libsodium.
namespace comity::crypto {

using Ed25519Key = std::array<std::byte, 32>;
using Ed25519Signature = std::array<std::byte, 64>;

/// The public key A of a secret seed (RFC 8032 section 5.1.5).
[[nodiscard]] Ed25519Key ed25519_public_key(const Secret& seed);

/// Deterministic (RFC 8032 section 5.1.6). REQUIRES: key == ed25519_public_key(seed).
[[nodiscard]] Ed25519Signature ed25519_sign(const Secret& seed, const Ed25519Key& key,
                                            ByteView message);

/// Verification as libsodium 1.0.18 does it in crypto_sign_verify_detached. RFC 8032 leaves some of
/// this open, and all readers of one log must agree, so this is part of the rules:
/// - the signature is 64 bytes, R || S;
/// - S is canonical: S < L;
/// - A is canonical (its y < 2^255 - 19), decodes to a point, and is not of small order;
/// - R is not of small order, and is compared as bytes, so a non-canonical R never verifies;
/// - the equation has no cofactor: R == S*B - SHA-512(R || A || M)*A.
[[nodiscard]] bool ed25519_verify(const Ed25519Key& key, ByteView message, ByteView signature);

}  // namespace comity::crypto
