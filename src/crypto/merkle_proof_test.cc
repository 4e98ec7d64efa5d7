#include "crypto/merkle_proof.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/naive_merkle.h"

namespace comity::crypto {
namespace {

constexpr std::size_t kAll = 256;

const std::vector<LeafHash>& leaves() {
  static const std::vector<LeafHash> all = [] {
    std::vector<LeafHash> made;
    made.reserve(20'000);
    for (std::size_t i = 0; i < 20'000; ++i) made.push_back(leaf_hash(as_bytes(std::to_string(i))));
    return made;
  }();
  return all;
}

naive::Leaves first(std::size_t size) { return std::span(leaves()).first(size); }

/// The roots at all sizes up to `limit`.
std::vector<RootHash> roots(std::size_t limit) {
  std::vector<RootHash> all;
  CompactRange range;
  for (std::size_t size = 0; size <= limit; ++size) {
    all.push_back(range.root());
    range.append(leaves()[size]);
  }
  return all;
}

TreeHead head(std::size_t size) { return {TreeSize{size}, naive::root(first(size))}; }

std::string code(const Result<void>& result) { return result ? "ok" : result.error().code(); }

/// One line of tests/vectors/merkle/*.txt.
struct ProofCase {
  bool valid = false;
  std::uint64_t first = 0;   ///< index, or older size
  std::uint64_t second = 0;  ///< size
  Bytes first_hash;          ///< of the leaf, or the older root
  Bytes second_hash;
  std::vector<NodeHash> proof;
};

std::vector<ProofCase> read_cases(const std::string& name) {
  std::ifstream file(COMITY_SOURCE_DIR "/tests/vectors/merkle/" + name);
  std::vector<ProofCase> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string verdict, first, second, proof;
    ProofCase read;
    fields >> verdict >> read.first >> read.second >> first >> second >> proof;
    read.valid = verdict == "valid";
    read.first_hash = from_hex(first).value();
    read.second_hash = from_hex(second).value();
    std::istringstream hashes(proof == "-" ? "" : proof);
    for (std::string hash; std::getline(hashes, hash, ',');)
      read.proof.push_back(NodeHash::from(from_hex(hash).value()));
    cases.push_back(std::move(read));
  }
  return cases;
}

TEST(MerkleProof, InclusionAsAnotherVerifierHasIt) {
  const auto cases = read_cases("inclusion.txt");
  ASSERT_EQ(cases.size(), 381U);
  EXPECT_EQ(std::ranges::count_if(cases, &ProofCase::valid), 24);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const ProofCase& it = cases[i];
    const TreeHead tree{TreeSize{it.second}, RootHash::from(it.second_hash)};
    const auto verified =
        verify_inclusion(LeafHash::from(it.first_hash), LeafIndex{it.first}, tree, it.proof);
    EXPECT_EQ(verified.has_value(), it.valid) << i << ": " << it.first << " of " << it.second;
  }
}

TEST(MerkleProof, ConsistencyAsAnotherVerifierHasIt) {
  const auto cases = read_cases("consistency.txt");
  ASSERT_EQ(cases.size(), 336U);
  EXPECT_EQ(std::ranges::count_if(cases, &ProofCase::valid), 30);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const ProofCase& it = cases[i];
    const TreeHead from{TreeSize{it.first}, RootHash::from(it.first_hash)};
    const TreeHead to{TreeSize{it.second}, RootHash::from(it.second_hash)};
    EXPECT_EQ(verify_consistency(from, to, it.proof).has_value(), it.valid)
        << i << ": " << it.first << " to " << it.second;
  }
}

TEST(MerkleProof, EveryInclusionTo256) {
  const naive::Reader reader(first(kAll));
  const auto all = roots(kAll);
  for (std::size_t size = 1; size <= kAll; ++size)
    for (std::size_t i = 0; i < size; ++i) {
      const auto proof = prove_inclusion(LeafIndex{i}, TreeSize{size}, reader);
      ASSERT_TRUE(proof.has_value());
      ASSERT_EQ(*proof, naive::path(i, first(size))) << i << " of " << size;
      ASSERT_EQ(root_of_inclusion(leaves()[i], LeafIndex{i}, TreeSize{size}, *proof), all[size]);
    }
}

TEST(MerkleProof, EveryConsistencyTo256) {
  const naive::Reader reader(first(kAll));
  const auto all = roots(kAll);
  for (std::size_t to = 0; to <= kAll; ++to)
    for (std::size_t from = 0; from <= to; ++from) {
      const auto proof = prove_consistency({TreeSize{from}, TreeSize{to}}, reader);
      ASSERT_TRUE(proof.has_value());
      ASSERT_EQ(*proof, from == 0 ? naive::Proof{} : naive::consistency(from, first(to)))
          << from << " to " << to;
      ASSERT_EQ(
          code(verify_consistency({TreeSize{from}, all[from]}, {TreeSize{to}, all[to]}, *proof)),
          "ok")
          << from << " to " << to;
    }
}

RC_GTEST_PROP(MerkleProof, LargeTrees, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(1, leaves().size());
  const auto from = *rc::gen::inRange<std::size_t>(1, size + 1);
  const auto index = *rc::gen::inRange<std::size_t>(0, size);
  const naive::Reader reader(leaves());
  const auto range = read_range(TreeSize{size}, reader);
  RC_ASSERT(range.has_value());
  RC_ASSERT(range->head() == head(size));
  const auto path = prove_inclusion(LeafIndex{index}, TreeSize{size}, reader);
  RC_ASSERT(*path == naive::path(index, first(size)));
  RC_ASSERT(code(verify_inclusion(leaves()[index], LeafIndex{index}, range->head(), *path)) ==
            "ok");
  const auto growth = prove_consistency({TreeSize{from}, TreeSize{size}}, reader);
  RC_ASSERT(*growth == naive::consistency(from, first(size)));
  RC_ASSERT(code(verify_consistency(head(from), range->head(), *growth)) == "ok");
}

TEST(MerkleProof, IndexAndSizesOutOfRangeAreRefused) {
  const naive::Reader reader(first(8));
  EXPECT_EQ(prove_inclusion(LeafIndex{0}, TreeSize{0}, reader).error().code(),
            "merkle-index-out-of-range");
  EXPECT_EQ(prove_inclusion(LeafIndex{8}, TreeSize{8}, reader).error().code(),
            "merkle-index-out-of-range");
  EXPECT_EQ(code(verify_inclusion(leaves()[0], LeafIndex{8}, head(8), {})),
            "merkle-index-out-of-range");
  EXPECT_EQ(code(verify_inclusion(leaves()[0], LeafIndex{0}, head(0), {})),
            "merkle-index-out-of-range");
  EXPECT_EQ(prove_consistency({TreeSize{8}, TreeSize{7}}, reader).error().code(),
            "merkle-sizes-reversed");
  EXPECT_EQ(code(verify_consistency(head(8), head(7), {})), "merkle-sizes-reversed");
}

TEST(MerkleProof, EveryOtherIndexLeafAndLengthIsRefused) {
  const naive::Reader reader(first(64));
  for (std::size_t size = 1; size <= 64; ++size)
    for (std::size_t i = 0; i < size; ++i) {
      const TreeHead tree = head(size);
      auto proof = prove_inclusion(LeafIndex{i}, tree.size, reader).value();
      for (std::size_t other = 0; other < size; ++other) {
        if (other == i) continue;
        EXPECT_NE(code(verify_inclusion(leaves()[i], LeafIndex{other}, tree, proof)), "ok");
        EXPECT_NE(code(verify_inclusion(leaves()[other], LeafIndex{i}, tree, proof)), "ok");
      }
      proof.push_back(NodeHash{});
      EXPECT_EQ(code(verify_inclusion(leaves()[i], LeafIndex{i}, tree, proof)),
                "merkle-proof-malformed");
      if (proof.size() < 2) continue;
      proof.resize(proof.size() - 2);
      EXPECT_EQ(code(verify_inclusion(leaves()[i], LeafIndex{i}, tree, proof)),
                "merkle-proof-malformed");
    }
}

TEST(MerkleProof, EveryFlippedHashIsRefused) {
  const naive::Reader reader(first(50));
  for (std::size_t from = 1; from < 50; ++from) {
    auto proof = prove_consistency({TreeSize{from}, TreeSize{50}}, reader).value();
    for (NodeHash& hash : proof) {
      hash.bytes[7] ^= std::byte{4};
      EXPECT_EQ(code(verify_consistency(head(from), head(50), proof)), "merkle-proof-mismatch");
      hash.bytes[7] ^= std::byte{4};
    }
    auto path = prove_inclusion(LeafIndex{from}, TreeSize{50}, reader).value();
    for (NodeHash& hash : path) {
      hash.bytes[31] ^= std::byte{128};
      EXPECT_EQ(code(verify_inclusion(leaves()[from], LeafIndex{from}, head(50), path)),
                "merkle-proof-mismatch");
      hash.bytes[31] ^= std::byte{128};
    }
  }
}

TEST(MerkleProof, ConsistencyOfOtherLengthOrRootsIsRefused) {
  const naive::Reader reader(first(40));
  for (std::size_t to = 2; to <= 40; ++to)
    for (std::size_t from = 1; from < to; ++from) {
      auto proof = prove_consistency({TreeSize{from}, TreeSize{to}}, reader).value();
      EXPECT_EQ(code(verify_consistency(head(from), head(to), {})), "merkle-proof-malformed");
      EXPECT_EQ(code(verify_consistency({TreeSize{from}, head(to).root}, head(to), proof)),
                "merkle-proof-mismatch");
      EXPECT_EQ(code(verify_consistency(head(from), {TreeSize{to}, head(from).root}, proof)),
                "merkle-proof-mismatch");
      proof.push_back(proof.back());
      EXPECT_EQ(code(verify_consistency(head(from), head(to), proof)), "merkle-proof-malformed");
      proof.resize(proof.size() - 2);
      EXPECT_NE(code(verify_consistency(head(from), head(to), proof)), "ok");
    }
}

TEST(MerkleProof, FromNothingAndFromItself) {
  const std::vector<NodeHash> one(1);
  EXPECT_EQ(code(verify_consistency(head(0), head(5), {})), "ok");
  EXPECT_EQ(code(verify_consistency(head(0), head(5), one)), "merkle-proof-malformed");
  EXPECT_EQ(code(verify_consistency({TreeSize{0}, head(1).root}, head(5), {})),
            "merkle-proof-mismatch");
  EXPECT_EQ(code(verify_consistency(head(5), head(5), {})), "ok");
  EXPECT_EQ(code(verify_consistency(head(5), head(5), one)), "merkle-proof-malformed");
  EXPECT_EQ(code(verify_consistency({TreeSize{5}, head(4).root}, head(5), {})),
            "merkle-proof-mismatch");
  const TreeHead false_empty{TreeSize{0}, head(1).root};
  EXPECT_EQ(code(verify_consistency(false_empty, false_empty, {})), "merkle-proof-mismatch");
}

/// Remembers what was asked for.
class Recorder final : public SubtreeReader {
 public:
  [[nodiscard]] Result<std::vector<NodeHash>> read(
      std::span<const Subtree> subtrees) const override {
    ++calls;
    asked.assign(subtrees.begin(), subtrees.end());
    return std::vector<NodeHash>(subtrees.size());
  }
  mutable int calls = 0;
  mutable std::vector<Subtree> asked;
};

TEST(MerkleProof, AsksOnceAndOnlyForCompleteSubtrees) {
  const Recorder reader;
  const std::uint64_t size = 0x1234'5678'9abc'def1;
  const auto check = [&] {
    EXPECT_EQ(reader.calls, 1);
    reader.calls = 0;
    std::set<Subtree> seen;
    for (const Subtree& subtree : reader.asked) {
      EXPECT_LE((subtree.index + 1) << subtree.level, size);
      EXPECT_TRUE(seen.insert(subtree).second);
    }
  };
  EXPECT_TRUE(prove_inclusion(LeafIndex{size / 3}, TreeSize{size}, reader).has_value());
  check();
  EXPECT_TRUE(prove_consistency({TreeSize{size / 5}, TreeSize{size}}, reader).has_value());
  check();
  EXPECT_TRUE(read_range(TreeSize{size}, reader).has_value());
  check();
}

// The greatest trees have proofs of the lengths that parsers allow, and nothing overflows.
TEST(MerkleProof, GreatestTrees) {
  const Recorder reader;
  const TreeSize size{(std::uint64_t{1} << 63) - 1};
  const auto path = prove_inclusion(LeafIndex{0}, size, reader);
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->size(), kInclusionHashes);
  EXPECT_TRUE(root_of_inclusion({}, LeafIndex{0}, size, *path).has_value());
  const auto growth = prove_consistency({TreeSize{count(size) - 1}, size}, reader);
  ASSERT_TRUE(growth.has_value());
  EXPECT_LE(growth->size(), kConsistencyHashes);
  EXPECT_FALSE(root_of_inclusion({}, LeafIndex{~std::uint64_t{1}}, TreeSize{~std::uint64_t{0}}, {})
                   .has_value());
}

}  // namespace
}  // namespace comity::crypto
