#include "codec/receipt.h"

#include <bit>

#include "base/limits.h"
#include "codec/cbor.h"
#include "codec/cose.h"

#include "tests/crypto/random_inclusion.h"
#include "tests/crypto/random_key.h"
#include "tests/random_bytes.h"

namespace comity::codec {
namespace {

using crypto::LeafHash;
using crypto::NodeHash;

constexpr std::string_view kOrigin = "example.org/comity";
constexpr UnixSeconds kTime{1'750'000'000};

std::vector<LeafHash> some_leaves(std::size_t count) {
  std::vector<LeafHash> leaves;
  leaves.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    leaves.push_back(crypto::leaf_hash(as_bytes("leaf " + std::to_string(i))));
  return leaves;
}

/// MTH of RFC 6962 section 2.1, word for word.
NodeHash tree_hash(std::span<const LeafHash> leaves) {
  if (leaves.size() == 1) return crypto::as_node(leaves[0]);
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  return crypto::node_hash(tree_hash(leaves.first(k)), tree_hash(leaves.subspan(k)));
}

/// PATH of RFC 6962 section 2.1.1, word for word.
std::vector<NodeHash> path_of(std::size_t m, std::span<const LeafHash> leaves) {
  if (leaves.size() == 1) return {};
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  const bool left = m < k;
  auto path = left ? path_of(m, leaves.first(k)) : path_of(m - k, leaves.subspan(k));
  path.push_back(tree_hash(left ? leaves.subspan(k) : leaves.first(k)));
  return path;
}

SignedRoot signed_root(const crypto::SecretKey& key, std::span<const LeafHash> leaves) {
  return sign_root(key,
                   {.origin = kOrigin,
                    .head = {crypto::TreeSize{leaves.size()}, crypto::as_root(tree_hash(leaves))},
                    .time = kTime});
}

std::string code_of(ByteView bytes, const LeafHash& leaf, const ReceiptTrust& trust) {
  const auto receipt = parse_receipt(bytes);
  if (!receipt) return receipt.error().code();
  const auto inclusion = verify_receipt(*receipt, leaf, trust);
  return inclusion ? "" : inclusion.error().code();
}

TEST(Receipt, EveryLeafOfEverySizeVerifies) {
  for (const auto algorithm : {crypto::Algorithm::ed25519, crypto::Algorithm::es256}) {
    const auto key = crypto::SecretKey::generate(algorithm);
    const ReceiptTrust trust{.key = key.public_key(), .origin = kOrigin};
    for (std::size_t size = 2; size <= 17; ++size) {
      const auto leaves = some_leaves(size);
      const SignedRoot root = signed_root(key, leaves);
      for (std::size_t i = 0; i < size; ++i) {
        const Bytes bytes = write_receipt(root, crypto::LeafIndex{i}, path_of(i, leaves));
        const auto receipt = parse_receipt(bytes);
        ASSERT_TRUE(receipt) << receipt.error().sentence();
        const auto inclusion = verify_receipt(*receipt, leaves[i], trust);
        ASSERT_TRUE(inclusion) << inclusion.error().sentence();
        EXPECT_EQ(count(inclusion->head.size), size);
        EXPECT_EQ(inclusion->head.root, crypto::as_root(tree_hash(leaves)));
        EXPECT_EQ(number(inclusion->index), i);
        EXPECT_EQ(inclusion->time, kTime);
        EXPECT_EQ(code_of(bytes, leaves[(i + 1) % size], trust), "cose-signature-invalid");
      }
    }
  }
}

TEST(Receipt, BytesAreAsTheFormatHasThem) {
  const auto key = crypto::SecretKey::generate(crypto::Algorithm::ed25519);
  const auto leaves = some_leaves(2);
  const SignedRoot root = signed_root(key, leaves);
  const std::string origin = to_hex(as_bytes(kOrigin));
  const std::string header =
      "a501270458"
      "20" +
      to_hex(key_id(key.public_key()).view()) + "0fa30172" + origin + "0272" + origin +
      "061a684ee180" +
      "19018b01"
      "3a0001010902";
  EXPECT_EQ(to_hex(root.header), header);
  const Bytes bytes = write_receipt(root, crypto::LeafIndex{1}, path_of(1, leaves));
  const std::string proof =
      "83020181"
      "5820" +
      to_hex(leaves[0].view());
  EXPECT_EQ(to_hex(bytes), "d2845860" + header +
                               "a119018ca12081"
                               "5826" +
                               proof +
                               "f6"
                               "5840" +
                               to_hex(std::as_bytes(std::span(root.signature))));
}

TEST(Receipt, AnyFlippedBitIsRefused) {
  const auto leaves = some_leaves(11);
  for (const auto algorithm : {crypto::Algorithm::ed25519, crypto::Algorithm::es256}) {
    const auto key = crypto::SecretKey::generate(algorithm);
    const ReceiptTrust trust{.key = key.public_key(), .origin = kOrigin};
    Bytes bytes = write_receipt(signed_root(key, leaves), crypto::LeafIndex{5}, path_of(5, leaves));
    ASSERT_EQ(code_of(bytes, leaves[5], trust), "");
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] ^= std::byte{1} << bit % 8;
      EXPECT_NE(code_of(bytes, leaves[5], trust), "") << bit;
      bytes[bit / 8] ^= std::byte{1} << bit % 8;
    }
  }
}

TEST(Receipt, TrustIsInOneKeyAndOneOrigin) {
  const auto key = crypto::SecretKey::generate(crypto::Algorithm::ed25519);
  const auto other = crypto::SecretKey::generate(crypto::Algorithm::ed25519);
  const auto leaves = some_leaves(3);
  const Bytes bytes =
      write_receipt(signed_root(key, leaves), crypto::LeafIndex{0}, path_of(0, leaves));
  EXPECT_EQ(code_of(bytes, leaves[0], {.key = key.public_key(), .origin = "example.org/other"}),
            "receipt-other-origin");
  EXPECT_EQ(code_of(bytes, leaves[0], {.key = other.public_key(), .origin = kOrigin}),
            "receipt-other-key");
}

/// What a receipt says, and what a test changes in it; always signed anew.
struct Draft {
  std::int64_t structure = 1;
  std::uint64_t size = 3;
  std::uint64_t proof_size = 3;
  std::uint64_t index = 1;
  std::string issuer{kOrigin};
  std::string subject{kOrigin};
  std::uint64_t time = 1;
  std::size_t hashes = 2;
  bool attached = false;
};

std::string code_of(const Draft& draft) {
  static const auto key = crypto::SecretKey::generate(crypto::Algorithm::ed25519);
  Bytes header;
  CborWriter writer(header);
  writer.write_map(5);
  writer.write_int(1);
  writer.write_int(-8);
  writer.write_int(4);
  writer.write_bytes(key_id(key.public_key()).view());
  writer.write_int(15);
  writer.write_map(3);
  writer.write_int(1);
  writer.write_text(draft.issuer);
  writer.write_int(2);
  writer.write_text(draft.subject);
  writer.write_int(6);
  writer.write_uint(draft.time);
  writer.write_int(395);
  writer.write_int(draft.structure);
  writer.write_int(-65802);
  writer.write_uint(draft.size);

  const auto leaves = some_leaves(3);
  auto path = path_of(1, leaves);
  path.resize(draft.hashes);
  const auto root = tree_hash(leaves);
  const SignedRoot proof{.header = header,
                         .signature = sign(key, header, root.view()).value(),
                         .size = crypto::TreeSize{draft.proof_size}};
  Bytes bytes = write_receipt(proof, crypto::LeafIndex{draft.index}, path);
  if (draft.attached) {
    Sign1 message = parse_sign1(bytes).value();
    message.payload = root.view();
    bytes = write_sign1(message);
  }
  return code_of(bytes, leaves[1], {.key = key.public_key(), .origin = kOrigin});
}

TEST(Receipt, WhatItSaysIsHeldAgainstTheFormat) {
  constexpr auto kMalformedReceipt = "receipt-malformed";
  const std::string long_name(limits::kNameBytes + 1, 'o');
  EXPECT_EQ(code_of(Draft{}), "");
  EXPECT_EQ(code_of(Draft{.structure = 2}), kMalformedReceipt);
  EXPECT_EQ(code_of(Draft{.size = 1, .proof_size = 1, .index = 0, .hashes = 0}), kMalformedReceipt);
  EXPECT_EQ(code_of(Draft{.size = 4}), "receipt-size-mismatch");
  EXPECT_EQ(code_of(Draft{.proof_size = 4}), "receipt-size-mismatch");
  EXPECT_EQ(code_of(Draft{.size = 5, .proof_size = 5}), "merkle-proof-malformed");
  EXPECT_EQ(code_of(Draft{.index = 3}), "merkle-index-out-of-range");
  EXPECT_EQ(code_of(Draft{.index = 0}), "cose-signature-invalid");
  EXPECT_EQ(code_of(Draft{.issuer = ""}), kMalformedReceipt);
  EXPECT_EQ(code_of(Draft{.issuer = long_name, .subject = long_name}), kMalformedReceipt);
  EXPECT_EQ(code_of(Draft{.subject = "example.org/other"}), kMalformedReceipt);
  EXPECT_EQ(code_of(Draft{.time = std::uint64_t{1} << 63}), kMalformedReceipt);
  EXPECT_EQ(code_of(Draft{.hashes = 1}), "merkle-proof-malformed");
  EXPECT_EQ(code_of(Draft{.hashes = 3}), "merkle-proof-malformed");
  EXPECT_EQ(code_of(Draft{.hashes = 64}), kMalformedReceipt);
  EXPECT_EQ(code_of(Draft{.attached = true}), kMalformedReceipt);
}

/// A receipt that RapidCheck draws: of a leaf in a log of any size, name and time.
struct RandomReceipt {
  crypto::RandomInclusion inclusion = crypto::random_inclusion(2);
  crypto::SecretKey key = crypto::random_key();
  std::string origin =
      *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange(' ', '~')));
  UnixSeconds time{*rc::gen::nonNegative<std::int64_t>()};
  SignedRoot root = sign_root(key, {.origin = origin, .head = inclusion.head, .time = time});
  Bytes bytes = write_receipt(root, inclusion.index, inclusion.path);

  [[nodiscard]] ReceiptTrust trust() const { return {.key = key.public_key(), .origin = origin}; }
};

RC_GTEST_PROP(Receipt, ParsingIsTheInverseOfWriting, ()) {
  const RandomReceipt drawn;
  const auto receipt = parse_receipt(drawn.bytes);
  RC_ASSERT(receipt.has_value());
  RC_ASSERT(equal(receipt->header, drawn.root.header));
  RC_ASSERT(equal(receipt->signature, drawn.root.signature));
  RC_ASSERT(receipt->key_id == key_id(drawn.key.public_key()));
  RC_ASSERT(receipt->origin == drawn.origin);
  RC_ASSERT(receipt->time == drawn.time);
  RC_ASSERT(receipt->size == drawn.inclusion.head.size);
  RC_ASSERT(receipt->index == drawn.inclusion.index);
  RC_ASSERT(receipt->path == drawn.inclusion.path);
  const auto verified = verify_receipt(*receipt, drawn.inclusion.leaf, drawn.trust());
  RC_ASSERT(verified.has_value());
  RC_ASSERT(verified->head == drawn.inclusion.head);
}

RC_GTEST_PROP(Receipt, AnyFlippedBitOfAnyReceiptIsRefused, ()) {
  const RandomReceipt drawn;
  RC_ASSERT(code_of(with_flipped_bit(drawn.bytes), drawn.inclusion.leaf, drawn.trust()) != "");
}

}  // namespace
}  // namespace comity::codec
