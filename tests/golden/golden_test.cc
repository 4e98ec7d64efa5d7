// The golden files of keys, receipts and proofs; those of the other formats are made beside the
// sources that write them, and `registry/` by registry_golden_test.cc.

#include "tests/golden.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "codec/receipt.h"
#include "crypto/checkpoint.h"
#include "crypto/key_file.h"
#include "crypto/tlog_proof.h"

#include "tests/filing/samples.h"
#include "tests/naive_merkle.h"

namespace comity {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(2) + "\n"; }

std::string cose_key(const crypto::SecretKey& key) {
  return to_base64url(codec::write_cose_key(key.public_key()));
}

TEST(Golden, Keys) {
  for (const auto algorithm : {crypto::Algorithm::ed25519, crypto::Algorithm::es256}) {
    const auto key = samples::key(1, algorithm);
    const std::string name(crypto::name_of(algorithm));
    testing::expect_golden("key/" + name + ".cbor", codec::write_cose_key(key.public_key()));
    testing::expect_golden(
        "key/" + name + ".json",
        dump({{"algorithm", name}, {"kid", to_base64url(samples::kid(key).view())}}));
  }
}

TEST(Golden, PlainKeyFile) {
  const auto key = samples::key(1);
  testing::expect_golden("key-file/plain.txt", crypto::print(crypto::plain_key_file(key)));
  testing::expect_golden("key-file/plain.json",
                         dump({{"algorithm", "ed25519"},
                               {"kid", to_base64url(samples::kid(key).view())},
                               {"secret", to_hex(Bytes(32, std::byte{1}))}}));
}

/// Salt and nonce are random, so the file is kept as it was once written: what version 1 sealed
/// must open for ever.
TEST(Golden, SealedKeyFile) {
  const auto file = std::filesystem::path(COMITY_SOURCE_DIR) / "tests/golden/key-file/sealed.txt";
  constexpr std::string_view kPassphrase = "a golden passphrase";
  if (!std::filesystem::exists(file)) {
    const auto sealed =
        crypto::seal_key_file(samples::key(1), kPassphrase, {.passes = 1, .memory_kib = 64})
            .value();
    const auto& box = std::get<crypto::SealedSecret>(sealed.secret);
    testing::expect_golden("key-file/sealed.txt", crypto::print(sealed));
    testing::expect_golden("key-file/sealed.json",
                           dump({{"algorithm", "ed25519"},
                                 {"kid", to_base64url(samples::kid(samples::key(1)).view())},
                                 {"passes", box.cost.passes},
                                 {"memory", box.cost.memory_kib},
                                 {"salt", to_hex(box.salt)},
                                 {"nonce", to_hex(box.nonce)},
                                 {"box", to_hex(box.box)}}));
  }
  std::ifstream in(file);
  ASSERT_TRUE(in) << file << " is missing; write it with COMITY_UPDATE_GOLDEN=1";
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto parsed = crypto::parse_key_file(text).value();
  EXPECT_EQ(crypto::print(parsed), text);
  EXPECT_EQ(crypto::open_key_file(parsed, "wrong").error().code(), "key-file-not-opened");
  EXPECT_EQ(crypto::open_key_file(parsed, kPassphrase).value().public_key(),
            samples::key(1).public_key());
}

/// A log of 11 entries, "entry 0" to "entry 10", and its proof for entry 3.
class Proofs : public ::testing::Test {
 protected:
  static constexpr std::size_t kSize = 11;
  static constexpr std::size_t kIndex = 3;

  Proofs() {
    for (std::size_t i = 0; i < kSize; ++i)
      leaves_.push_back(crypto::leaf_hash(as_bytes("entry " + std::to_string(i))));
  }
  [[nodiscard]] crypto::TreeHead head() const {
    return {crypto::TreeSize{kSize}, naive::root(leaves_)};
  }
  [[nodiscard]] naive::Proof path() const { return naive::path(kIndex, leaves_); }
  [[nodiscard]] static std::string entry() {
    return to_hex(as_bytes("entry " + std::to_string(kIndex)));
  }

  std::vector<crypto::LeafHash> leaves_;
};

TEST_F(Proofs, Receipt) {
  const auto key = samples::key(9);
  const auto root =
      codec::sign_root(key, {.origin = samples::kOrigin, .head = head(), .time = samples::kIssued});
  testing::expect_golden("receipt/ed25519.cbor",
                         codec::write_receipt(root, crypto::LeafIndex{kIndex}, path()));
  testing::expect_golden("receipt/ed25519.json", dump({{"origin", samples::kOrigin},
                                                       {"key", cose_key(key)},
                                                       {"entry", entry()},
                                                       {"index", kIndex},
                                                       {"size", kSize},
                                                       {"time", count(samples::kIssued)}}));
}

TEST_F(Proofs, TlogProof) {
  const auto key = samples::key(8);
  const crypto::Checkpoint checkpoint{.origin = std::string(samples::kOrigin),
                                      .size = head().size,
                                      .root = head().root,
                                      .extensions = {}};
  const auto signed_checkpoint = crypto::sign_checkpoint(checkpoint, key).value();
  const crypto::TlogProof proof{.extra = std::nullopt,
                                .index = crypto::LeafIndex{kIndex},
                                .path = path(),
                                .checkpoint = crypto::print(signed_checkpoint.note)};
  testing::expect_golden("tlog-proof/ed25519.txt", crypto::print(proof));
  const auto vkey = crypto::make_vkey(samples::kOrigin, key.public_key()).value();
  testing::expect_golden(
      "tlog-proof/ed25519.json",
      dump(
          {{"vkey", crypto::print(vkey)}, {"entry", entry()}, {"index", kIndex}, {"size", kSize}}));
}

}  // namespace
}  // namespace comity
