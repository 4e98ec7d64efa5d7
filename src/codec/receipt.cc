#include "codec/receipt.h"

#include <limits>

#include "base/limits.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "crypto/merkle_proof.h"

namespace comity::codec {
namespace {

// Labels of COSE headers (RFC 9052 section 3.1, RFC 9597, RFC 9942), CWT claims (RFC 8392) and our
// private one.
constexpr std::int64_t kAlgorithm = 1;
constexpr std::int64_t kKeyId = 4;
constexpr std::int64_t kClaims = 15;
constexpr std::int64_t kDataStructure = 395;
constexpr std::int64_t kDataProofs = 396;
constexpr std::int64_t kTreeSize = -65802;
constexpr std::int64_t kInclusionProofs = -1;
constexpr std::int64_t kIssuer = 1;
constexpr std::int64_t kSubject = 2;
constexpr std::int64_t kIssuedAt = 6;
constexpr std::uint64_t kRfc9162Sha256 = 1;

constexpr std::uint64_t kSmallestSize = 2;
constexpr std::size_t kHashBytes = crypto::NodeHash::kSize;

std::unexpected<Error> malformed_receipt(std::string sentence) {
  return refuse("receipt-malformed", std::move(sentence));
}

Result<std::string_view> read_origin(CborReader& reader, CborMap& claims, std::int64_t label) {
  COMITY_CHECK(claims.expect_key(label));
  COMITY_TRY(const auto origin, reader.read_text());
  if (origin.empty() || origin.size() > limits::kNameBytes)
    return malformed_receipt("The receipt's origin must have 1 to 256 bytes.");
  return origin;
}

Result<void> read_claims(CborReader& reader, Receipt& receipt) {
  COMITY_TRY(CborMap claims, CborMap::open(reader));
  COMITY_TRY(receipt.origin, read_origin(reader, claims, kIssuer));
  COMITY_TRY(const auto subject, read_origin(reader, claims, kSubject));
  if (receipt.origin != subject)
    return malformed_receipt(
        "The receipt's issuer and subject must both be the registry's origin.");
  COMITY_CHECK(claims.expect_key(kIssuedAt));
  COMITY_TRY(const auto time, reader.read_uint());
  if (time > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    return malformed_receipt("The receipt's time is out of range.");
  receipt.time = UnixSeconds{static_cast<std::int64_t>(time)};
  return claims.end();
}

Result<void> read_header(Receipt& receipt) {
  CborReader reader(receipt.header);
  COMITY_TRY(CborMap header, CborMap::open(reader));
  COMITY_CHECK(header.expect_key(kAlgorithm));
  COMITY_CHECK(reader.read_int());  // parse_sign1 has read it.
  COMITY_CHECK(header.expect_key(kKeyId));
  COMITY_TRY(const auto key_id, reader.read_bytes(KeyId::kSize));
  receipt.key_id = KeyId::from(key_id);
  COMITY_CHECK(header.expect_key(kClaims));
  COMITY_CHECK(read_claims(reader, receipt));
  COMITY_CHECK(header.expect_key(kDataStructure));
  COMITY_TRY(const auto structure, reader.read_uint());
  if (structure != kRfc9162Sha256)
    return malformed_receipt("The receipt is not about an RFC9162_SHA256 tree.");
  COMITY_CHECK(header.expect_key(kTreeSize));
  COMITY_TRY(const auto size, reader.read_uint());
  if (size < kSmallestSize) return malformed_receipt("A receipt at a size below 2 proves nothing.");
  receipt.size = crypto::TreeSize{size};
  return header.end();
}

Result<void> read_proof(ByteView proof, Receipt& receipt) {
  CborReader reader(proof);
  COMITY_CHECK(reader.read_array(3));
  COMITY_TRY(const auto size, reader.read_uint());
  if (size != count(receipt.size))
    return refuse("receipt-size-mismatch",
                  "The size in the receipt's proof is not the one that the log signed.");
  COMITY_TRY(const auto index, reader.read_uint());
  receipt.index = crypto::LeafIndex{index};
  COMITY_TRY(const auto hashes, reader.read_array());
  if (hashes > crypto::kInclusionHashes)
    return malformed_receipt("The receipt's path is longer than any tree is high.");
  receipt.path.reserve(hashes);
  for (std::size_t i = 0; i < hashes; ++i) {
    COMITY_TRY(const auto hash, reader.read_bytes(kHashBytes));
    receipt.path.push_back(crypto::NodeHash::from(hash));
  }
  return reader.end();
}

Result<void> read_unprotected(ByteView unprotected, Receipt& receipt) {
  CborReader reader(unprotected);
  COMITY_TRY(CborMap header, CborMap::open(reader));
  COMITY_CHECK(header.expect_key(kDataProofs));
  COMITY_TRY(CborMap proofs, CborMap::open(reader));
  COMITY_CHECK(proofs.expect_key(kInclusionProofs));
  COMITY_CHECK(reader.read_array(1));
  COMITY_TRY(const auto proof, reader.read_bytes());
  COMITY_CHECK(proofs.end());
  COMITY_CHECK(header.end());
  return read_proof(proof, receipt);
}

}  // namespace

SignedRoot sign_root(const crypto::SecretKey& key, const ReceiptSubject& subject) {
  const std::uint64_t size = count(subject.head.size);
  COMITY_ASSERT(size >= kSmallestSize && size >> 63 == 0);
  COMITY_ASSERT(!subject.origin.empty() && subject.origin.size() <= limits::kNameBytes);
  COMITY_ASSERT(count(subject.time) >= 0);
  SignedRoot root{.header = {}, .signature = {}, .size = subject.head.size};
  CborWriter writer(root.header);
  writer.write_map(5);
  writer.write_int(kAlgorithm);
  writer.write_int(static_cast<std::int64_t>(cose_algorithm_of(key.public_key())));
  writer.write_int(kKeyId);
  writer.write_bytes(key_id(key.public_key()).view());
  writer.write_int(kClaims);
  writer.write_map(3);
  writer.write_int(kIssuer);
  writer.write_text(subject.origin);
  writer.write_int(kSubject);
  writer.write_text(subject.origin);
  writer.write_int(kIssuedAt);
  writer.write_int(count(subject.time));
  writer.write_int(kDataStructure);
  writer.write_uint(kRfc9162Sha256);
  writer.write_int(kTreeSize);
  writer.write_uint(size);
  root.signature = key.sign(sig_structure(root.header, subject.head.root.view()));
  return root;
}

Bytes write_receipt(const SignedRoot& root, crypto::LeafIndex index,
                    std::span<const crypto::NodeHash> path) {
  constexpr std::size_t kHeads = 32;
  Bytes proof;
  CborWriter proof_writer(proof);
  proof_writer.reserve(kHeads + path.size() * (kHashBytes + 2));
  proof_writer.write_array(3);
  proof_writer.write_uint(count(root.size));
  proof_writer.write_uint(number(index));
  proof_writer.write_array(path.size());
  for (const crypto::NodeHash& hash : path) proof_writer.write_bytes(hash.view());

  Bytes unprotected;
  CborWriter writer(unprotected);
  writer.reserve(kHeads + proof.size());
  writer.write_map(1);
  writer.write_int(kDataProofs);
  writer.write_map(1);
  writer.write_int(kInclusionProofs);
  writer.write_array(1);
  writer.write_bytes(proof);
  return write_sign1({.header = root.header,
                      .unprotected = unprotected,
                      .payload = std::nullopt,
                      .signature = std::as_bytes(std::span(root.signature))});
}

Result<Receipt> parse_receipt(ByteView bytes) {
  COMITY_TRY(const Sign1 message, parse_sign1(bytes));
  if (message.payload) return malformed_receipt("The receipt's payload must be detached.");
  Receipt receipt{};
  receipt.header = message.header;
  receipt.signature = message.signature;
  COMITY_CHECK(read_header(receipt));
  COMITY_CHECK(read_unprotected(message.unprotected, receipt));
  return receipt;
}

Result<Inclusion> verify_receipt(const Receipt& receipt, const crypto::LeafHash& leaf,
                                 const ReceiptTrust& trust) {
  if (receipt.origin != trust.origin)
    return refuse("receipt-other-origin", "The receipt is from another registry.");
  if (receipt.key_id != key_id(trust.key))
    return refuse("receipt-other-key",
                  "The receipt is signed by another key than the one trusted.");
  COMITY_TRY(const auto root,
             crypto::root_of_inclusion(leaf, receipt.index, receipt.size, receipt.path));
  const Sign1 message{.header = receipt.header,
                      .unprotected = empty_map(),
                      .payload = std::nullopt,
                      .signature = receipt.signature};
  COMITY_CHECK(verify(message, root.view(), trust.key));
  return Inclusion{.head = {receipt.size, root}, .index = receipt.index, .time = receipt.time};
}

}  // namespace comity::codec
