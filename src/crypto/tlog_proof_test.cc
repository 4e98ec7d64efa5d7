#include "crypto/tlog_proof.h"

#include "crypto/merkle_proof.h"

#include "tests/crypto/random_inclusion.h"
#include "tests/crypto/random_key.h"
#include "tests/naive_merkle.h"
#include "tests/random_bytes.h"

namespace comity::crypto {
namespace {

/// A log of some leaves with a signed checkpoint.
struct Example {
  std::vector<LeafHash> leaves;
  SecretKey key = SecretKey::generate(Algorithm::ed25519);
  Vkey vkey = make_vkey("example.org/log", key.public_key()).value();
  std::string checkpoint;

  explicit Example(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(as_bytes(std::to_string(i))));
    const Checkpoint tree{.origin = "example.org/log",
                          .size = TreeSize{size},
                          .root = naive::root(leaves),
                          .extensions = {}};
    checkpoint = print(sign_checkpoint(tree, key)->note);
  }

  [[nodiscard]] TlogProof prove(std::size_t index) const {
    return {.extra = std::nullopt,
            .index = LeafIndex{index},
            .path = naive::path(index, leaves),
            .checkpoint = checkpoint};
  }
};

TEST(TlogProof, EveryLeafVerifiesFromText) {
  const Example log(21);
  for (std::size_t i = 0; i < log.leaves.size(); ++i) {
    TlogProof proof = log.prove(i);
    if (i % 2 == 0) proof.extra = to_bytes("age");
    const auto parsed = parse_tlog_proof(print(proof));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, proof);
    const auto verified = verify_tlog_proof(*parsed, log.vkey, log.leaves[i]);
    ASSERT_TRUE(verified.has_value());
    EXPECT_EQ(verified->checkpoint.size, TreeSize{21});
  }
}

TEST(TlogProof, LooksAsInTheSpecification) {
  const Example log(1);
  TlogProof proof = log.prove(0);
  EXPECT_EQ(print(proof), "c2sp.org/tlog-proof@v1\nindex 0\n\n" + log.checkpoint);
  proof.extra = to_bytes("x");
  EXPECT_EQ(print(proof), "c2sp.org/tlog-proof@v1\nextra eA==\nindex 0\n\n" + log.checkpoint);
}

// Not one bit is free: each flip is refused in parsing or in verification.
TEST(TlogProof, AnyFlippedBitIsRefused) {
  const Example log(6);
  const std::string text = print(log.prove(4));
  std::string flipped = text;
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    flipped[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
    const auto proof = parse_tlog_proof(flipped);
    EXPECT_FALSE(proof && verify_tlog_proof(*proof, log.vkey, log.leaves[4])) << flipped;
    flipped[bit / 8] = text[bit / 8];
  }
}

TEST(TlogProof, AnotherLeafKeyOrIndexIsRefused) {
  const Example log(9);
  TlogProof proof = log.prove(3);
  const auto code = [&](const Vkey& vkey, const LeafHash& leaf) {
    const auto verified = verify_tlog_proof(proof, vkey, leaf);
    return verified ? "ok" : verified.error().code();
  };
  EXPECT_EQ(code(log.vkey, log.leaves[3]), "ok");
  EXPECT_EQ(code(log.vkey, log.leaves[4]), "merkle-proof-mismatch");
  EXPECT_EQ(code(Example(9).vkey, log.leaves[3]), "note-unsigned");
  proof.index = LeafIndex{2};
  EXPECT_EQ(code(log.vkey, log.leaves[3]), "merkle-proof-mismatch");
  proof.index = LeafIndex{9};
  EXPECT_EQ(code(log.vkey, log.leaves[3]), "merkle-index-out-of-range");
  proof = log.prove(3);
  proof.path.pop_back();
  EXPECT_EQ(code(log.vkey, log.leaves[3]), "merkle-proof-malformed");
}

TEST(TlogProof, MalformedTextsAreRefused) {
  const Example log(2);
  const std::string magic = "c2sp.org/tlog-proof@v1\n";
  const std::string hash = to_base64(log.leaves[0].view()) + "\n";
  const std::string end = "\n" + log.checkpoint;
  ASSERT_TRUE(parse_tlog_proof(magic + "index 1\n" + hash + end).has_value());
  std::string long_path;
  for (std::size_t i = 0; i <= kInclusionHashes; ++i) long_path += hash;
  for (const std::string& bad : {
           std::string(),
           magic,
           magic + "index 1\n",
           magic + "index 1\n" + hash,
           "c2sp.org/tlog-proof@v2\nindex 1\n" + end,
           "index 1\n" + hash + end,
           magic + hash + end,                                 // no index
           magic + "index 01\n" + hash + end,                  // leading zero
           magic + "index \n" + hash + end,                    //
           magic + "index -1\n" + hash + end,                  //
           magic + "index 18446744073709551616\n" + end,       // 2^64
           magic + "index  1\n" + hash + end,                  // two spaces
           magic + "Index 1\n" + hash + end,                   //
           magic + "extra\nindex 1\n" + hash + end,            // no space
           magic + "extra \nindex 1\n" + hash + end,           // no data
           magic + "extra eA\nindex 1\n" + hash + end,         // no pad
           magic + "index 1\nextra eA==\n" + hash + end,       // wrong order
           magic + "extra eA==\nextra eA==\nindex 1\n" + end,  // twice
           magic + "index 1\nindex 1\n" + hash + end,          //
           magic + "index 1\neA==\n" + end,                    // one byte is no hash
           magic + "index 1\n" + long_path + end,
       }) {
    const auto parsed = parse_tlog_proof(bad);
    ASSERT_FALSE(parsed.has_value()) << bad;
    EXPECT_EQ(parsed.error().code(), "tlog-proof-malformed") << bad;
  }
  EXPECT_EQ(parse_tlog_proof(magic + "index 1\n" + hash + "\n\n").error().code(), "note-malformed");
  EXPECT_EQ(parse_tlog_proof(magic + "index 1\n" + hash + "\n" + end).error().code(),
            "checkpoint-malformed");
}

/// A proof that RapidCheck draws, of a leaf in a log of any size.
struct RandomProof {
  LeafHash leaf;
  Vkey log;
  TlogProof proof;
};

RandomProof random_proof() {
  RandomInclusion inclusion = random_inclusion(1);
  const SecretKey key = random_key(Algorithm::ed25519);
  const Checkpoint tree{.origin = "example.org/log",
                        .size = inclusion.head.size,
                        .root = inclusion.head.root,
                        .extensions = {}};
  TlogProof proof{.extra = std::nullopt,
                  .index = inclusion.index,
                  .path = std::move(inclusion.path),
                  .checkpoint = print(sign_checkpoint(tree, key)->note)};
  const auto extra = *rc::gen::arbitrary<std::string>();
  if (*rc::gen::arbitrary<bool>() && !extra.empty()) proof.extra = to_bytes(extra);
  return {.leaf = inclusion.leaf,
          .log = make_vkey(tree.origin, key.public_key()).value(),
          .proof = std::move(proof)};
}

RC_GTEST_PROP(TlogProof, ParseIsTheInverseOfPrint, ()) {
  const RandomProof drawn = random_proof();
  const auto again = parse_tlog_proof(print(drawn.proof));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == drawn.proof);
  RC_ASSERT(verify_tlog_proof(*again, drawn.log, drawn.leaf).has_value());
}

// Nobody has signed the extra data; all else is refused, or the text is another proof's.
RC_GTEST_PROP(TlogProof, NoFlippedBitVerifiesButOfTheExtraData, ()) {
  const RandomProof drawn = random_proof();
  const std::string text = with_flipped_bit(print(drawn.proof));
  auto flipped = parse_tlog_proof(text);
  if (!flipped) return;
  RC_ASSERT(print(*flipped) == text);
  if (!verify_tlog_proof(*flipped, drawn.log, drawn.leaf)) return;
  RC_ASSERT(flipped->extra != drawn.proof.extra);
  flipped->extra = drawn.proof.extra;
  RC_ASSERT(*flipped == drawn.proof);
}

}  // namespace
}  // namespace comity::crypto
