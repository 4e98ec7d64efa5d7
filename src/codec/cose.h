#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/public_key.h"
#include "crypto/secret_key.h"

/// COSE_Sign1 (RFC 9052 section 4.2), always tagged 18 and in deterministic CBOR, external_aad
/// empty. What the headers hold beyond the algorithm is the business of each format.
namespace comity::codec {

/// The algorithms of docs/formats/encoding.md by their COSE numbers (RFC 9053, RFC 9864). `eddsa`
/// is read as `ed25519`: with the keys that we know it can be nothing else.
enum class CoseAlgorithm : std::int64_t { es256 = -7, eddsa = -8, ed25519 = -19 };

/// The number that we write for keys of that kind: -8 or -7.
[[nodiscard]] CoseAlgorithm cose_algorithm_of(const crypto::PublicKey& key);

/// The algorithm that a protected header names. `header` is the content of the protected byte
/// string and must be one map in deterministic CBOR.
/// Refuses as `CborReader::read_item`; `cose-algorithm-missing` and `cose-algorithm-unknown` (label
/// 1); `cose-critical-header` where label 2 lists critical parameters, for we know of none.
[[nodiscard]] Result<CoseAlgorithm> read_algorithm(ByteView header);

/// The four parts, as views: of the bytes parsed, or of what is to be written.
struct Sign1 {
  ByteView header;                  // the content of the protected byte string: an encoded map
  ByteView unprotected;             // the unprotected header: an encoded map
  std::optional<ByteView> payload;  // nothing where it is detached
  ByteView signature;               // 64 bytes
};

/// The encoding of an empty map, for `Sign1::unprotected`.
[[nodiscard]] ByteView empty_map();

/// Reads exactly one message. The signature is not looked at; the unprotected header is checked to
/// be deterministic, and read on with a `CborReader` over it. Refuses as `CborReader` and
/// `read_algorithm`, and `cose-signature-size` unless the signature has 64 bytes.
[[nodiscard]] Result<Sign1> parse_sign1(ByteView bytes);

/// The inverse of `parse_sign1`. REQUIRES: both headers are encoded as it demands.
[[nodiscard]] Bytes write_sign1(const Sign1& message);

/// The bytes that are signed: Sig_structure of RFC 9052 section 4.4.
[[nodiscard]] Bytes sig_structure(ByteView header, ByteView payload);

/// Signs the structure. Refuses as `read_algorithm`, and `cose-algorithm-mismatch` where the
/// header names an algorithm that isn't the key's.
[[nodiscard]] Result<crypto::Signature> sign(const crypto::SecretKey& key, ByteView header,
                                             ByteView payload);

/// Verifies the message's signature over its header and `payload` (its own, or what it is detached
/// from). Refuses as `sign`, and `cose-signature-invalid`.
[[nodiscard]] Result<void> verify(const Sign1& message, ByteView payload,
                                  const crypto::PublicKey& key);

}  // namespace comity::codec
