#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"
#include "codec/cose_key.h"
#include "crypto/merkle.h"
#include "crypto/public_key.h"
#include "crypto/secret_key.h"

/// COSE receipts (RFC 9942, RFC9162_SHA256) as docs/formats/receipt.md has them.
namespace comity::codec {

/// What the log says about itself in every receipt of one checkpoint.
struct ReceiptSubject {
  std::string_view origin;
  crypto::TreeHead head;
  UnixSeconds time{};  // the log's time at that size
};

/// A tree head under the receipt key: header and signature are the same for all its receipts, so
/// signing once serves them all.
struct SignedRoot {
  Bytes header;
  crypto::Signature signature{};
  crypto::TreeSize size{};
};

/// REQUIRES: 2 <= size < 2^63, for a receipt at size 1 would prove nothing; the origin has 1 to
/// limits::kNameBytes bytes and is UTF-8; the time is not negative.
[[nodiscard]] SignedRoot sign_root(const crypto::SecretKey& key, const ReceiptSubject& subject);

/// The receipt of one leaf. REQUIRES: `path` is the inclusion proof of `index` at the root's size.
[[nodiscard]] Bytes write_receipt(const SignedRoot& root, crypto::LeafIndex index,
                                  std::span<const crypto::NodeHash> path);

/// A receipt that has been read and not verified. Its views live as long as the bytes read.
struct Receipt {
  ByteView header;
  ByteView signature;
  KeyId key_id;
  std::string_view origin;
  UnixSeconds time{};
  crypto::TreeSize size{};  // the signed one; the proof's is equal
  crypto::LeafIndex index{};
  std::vector<crypto::NodeHash> path;
};

/// Strict: exactly the members of the format. Refuses as `parse_sign1`; `receipt-malformed` where a
/// value can't be (payload attached, `iss` and `sub` differ or have a bad length, size below 2,
/// path too long); `receipt-size-mismatch` where the signed size isn't the proof's.
[[nodiscard]] Result<Receipt> parse_receipt(ByteView bytes);

/// What a verified receipt says: the log of that head, at that time, holds the leaf.
struct Inclusion {
  crypto::TreeHead head;
  /// Not signed, but proved: with the size signed and the path leading to the signed root, no other
  /// index fits, unless the log holds the same leaf twice.
  crypto::LeafIndex index{};
  UnixSeconds time{};
};

/// Whom a verifier trusts.
struct ReceiptTrust {
  crypto::PublicKey key;
  std::string_view origin;
};

/// Refuses `receipt-other-origin`, `receipt-other-key` (its kid), `merkle-index-out-of-range` and
/// `merkle-proof-malformed` (the proof doesn't fit its size), `cose-algorithm-mismatch`, and
/// `cose-signature-invalid` where leaf, path, index or signature are not what the log signed.
[[nodiscard]] Result<Inclusion> verify_receipt(const Receipt& receipt, const crypto::LeafHash& leaf,
                                               const ReceiptTrust& trust);

}  // namespace comity::codec
