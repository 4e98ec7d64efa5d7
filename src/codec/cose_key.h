#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/public_key.h"

/// Public keys as COSE_Key (RFC 9052 section 7), in the one form of docs/formats/encoding.md.
namespace comity::codec {

struct KeyIdTag;
/// `kid`: the COSE key thumbprint (RFC 9679) with SHA-256.
using KeyId = Digest<KeyIdTag>;

/// {1: 1, -1: 6, -2: x} for Ed25519, {1: 2, -1: 1, -2: x, -3: y} for P-256.
[[nodiscard]] Bytes write_cose_key(const crypto::PublicKey& key);

/// The inverse, strict: no other member, no other order. Refuses as `CborReader`,
/// `cose-key-unsupported` for another key type or curve, and `public-key-malformed` for a point
/// that is not on the curve.
[[nodiscard]] Result<crypto::PublicKey> parse_cose_key(ByteView bytes);

/// RFC 9679 section 3: the hash of the required members alone, which is what `write_cose_key`
/// writes.
[[nodiscard]] KeyId key_id(const crypto::PublicKey& key);

}  // namespace comity::codec
