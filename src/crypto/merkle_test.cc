#include "crypto/merkle.h"

#include "crypto/merkle_range.h"

#include "tests/naive_merkle.h"

namespace comity::crypto {
namespace {

// Leaves and roots of the trees of size 0 to 8: github.com/transparency-dev/merkle v0.0.2,
// testonly/constants.go (LeafInputs, RootHashes), the vectors of the certificate-transparency
// project.
const std::array<std::string, 8> kLeaves = {"",
                                            "00",
                                            "10",
                                            "2021",
                                            "3031",
                                            "40414243",
                                            "5051525354555657",
                                            "606162636465666768696a6b6c6d6e6f"};
const std::array<std::string, 9> kRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(Merkle, PublishedRoots) {
  CompactRange range;
  std::vector<LeafHash> leaves;
  EXPECT_EQ(to_hex(range.root().view()), kRoots[0]);
  for (std::size_t i = 0; i < kLeaves.size(); ++i) {
    leaves.push_back(leaf_hash(from_hex(kLeaves[i]).value()));
    range.append(leaves.back());
    EXPECT_EQ(to_hex(range.root().view()), kRoots[i + 1]);
    EXPECT_EQ(to_hex(naive::root(leaves).view()), kRoots[i + 1]);
  }
}

// testonly/constants.go (NodeHashes), level 1.
TEST(Merkle, PublishedNode) {
  const auto left = as_node(leaf_hash({}));
  const auto right = as_node(leaf_hash(from_hex("00").value()));
  EXPECT_EQ(to_hex(node_hash(left, right).view()),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  EXPECT_NE(node_hash(left, right), node_hash(right, left));
}

// The prefixes keep a node from being given out as a leaf (RFC 6962 section 2.1).
TEST(Merkle, LeafOfANodesBytesIsNotTheNode) {
  const NodeHash child = as_node(leaf_hash(as_bytes("a")));
  Bytes joined = to_bytes(child.view());
  append(joined, child.view());
  EXPECT_NE(as_node(leaf_hash(joined)), node_hash(child, child));
}

}  // namespace
}  // namespace comity::crypto
