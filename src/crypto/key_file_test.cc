#include "crypto/key_file.h"

#include "tests/crypto/random_key.h"
#include "tests/random_bytes.h"

namespace comity::crypto {
namespace {

constexpr KeyFileCost kCheap = kLeastKeyFileCost;

std::string code(const Result<SecretKey>& key) { return key ? "ok" : key.error().code(); }

std::string parse_code(const std::string& text) {
  const auto file = parse_key_file(text);
  return file ? "ok" : file.error().code();
}

TEST(KeyFile, SealedOpensWithThePassphraseOnly) {
  for (const Algorithm algorithm : {Algorithm::ed25519, Algorithm::es256}) {
    const SecretKey key = SecretKey::generate(algorithm);
    const auto sealed = seal_key_file(key, "correct horse", kCheap);
    ASSERT_TRUE(sealed.has_value());
    const std::string text = print(*sealed);
    EXPECT_FALSE(text.contains(to_base64(key.secret().reveal())));
    const auto file = parse_key_file(text);
    ASSERT_TRUE(file.has_value());
    EXPECT_TRUE(file->is_sealed());
    EXPECT_EQ(print(*file), text);
    EXPECT_EQ(code(open_key_file(*file, "correct horsf")), "key-file-not-opened");
    EXPECT_EQ(code(open_key_file(*file, "")), "key-file-not-opened");
    const auto opened = open_key_file(*file, "correct horse");
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->public_key(), key.public_key());
    EXPECT_TRUE(verify(key.public_key(), {}, opened->sign({})));
  }
}

TEST(KeyFile, PlainOpensWithoutOne) {
  for (const Algorithm algorithm : {Algorithm::ed25519, Algorithm::es256}) {
    const SecretKey key = SecretKey::generate(algorithm);
    const std::string text = print(plain_key_file(key));
    EXPECT_TRUE(text.contains("\nplain " + to_base64(key.secret().reveal()) + "\n"));
    const auto file = parse_key_file(text);
    ASSERT_TRUE(file.has_value());
    EXPECT_FALSE(file->is_sealed());
    EXPECT_EQ(print(*file), text);
    const auto opened = open_key_file(*file, "");
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->public_key(), key.public_key());
  }
}

TEST(KeyFile, SwappedPublicKeyIsNoticed) {
  for (const Algorithm algorithm : {Algorithm::ed25519, Algorithm::es256}) {
    const SecretKey key = SecretKey::generate(algorithm);
    const SecretKey other = SecretKey::generate(algorithm);
    auto sealed = seal_key_file(key, "p", kCheap);
    sealed->public_key = other.public_key();
    EXPECT_EQ(code(open_key_file(*sealed, "p")), "key-file-mismatch");
    KeyFile plain = plain_key_file(key);
    plain.public_key = other.public_key();
    EXPECT_EQ(code(open_key_file(plain, "")), "key-file-mismatch");
  }
}

TEST(KeyFile, SwappedAlgorithmIsNoticed) {
  KeyFile file = plain_key_file(SecretKey::generate(Algorithm::ed25519));
  file.public_key = SecretKey::generate(Algorithm::es256).public_key();
  EXPECT_EQ(code(open_key_file(file, "")), "key-file-mismatch");
}

// Each flip is refused: in parsing, in opening, or because the public key is another's.
TEST(KeyFile, AnyFlippedBitIsRefused) {
  const SecretKey key = SecretKey::generate(Algorithm::ed25519);
  const std::string text = print(*seal_key_file(key, "p", kCheap));
  std::string flipped = text;
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    flipped[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
    const auto file = parse_key_file(flipped);
    EXPECT_FALSE(file && open_key_file(*file, "p")) << flipped;
    flipped[bit / 8] = text[bit / 8];
  }
}

TEST(KeyFile, CostIsBounded) {
  const std::string head =
      "comity-key-file@v1\nalgorithm ed25519\npublic-key " + to_base64(Bytes(32)) + "\nsealed ";
  const std::string tail =
      " " + to_base64(Bytes(16)) + " " + to_base64(Bytes(24)) + " " + to_base64(Bytes(48)) + "\n";
  EXPECT_EQ(parse_code(head + "1 8" + tail), "ok");
  EXPECT_EQ(parse_code(head + "16 1048576" + tail), "ok");
  EXPECT_EQ(parse_code(head + "0 8" + tail), "key-file-cost");
  EXPECT_EQ(parse_code(head + "17 8" + tail), "key-file-cost");
  EXPECT_EQ(parse_code(head + "1 7" + tail), "key-file-cost");
  EXPECT_EQ(parse_code(head + "1 1048577" + tail), "key-file-cost");
  EXPECT_EQ(parse_code(head + "1 18446744073709551615" + tail), "key-file-cost");
  EXPECT_EQ(parse_code(head + "1 18446744073709551616" + tail), "key-file-malformed");
  EXPECT_EQ(parse_code(head + "01 8" + tail), "key-file-malformed");
}

TEST(KeyFile, MalformedFilesAreRefused) {
  const std::string magic = "comity-key-file@v1\n";
  const std::string algorithm = "algorithm ed25519\n";
  const std::string key = "public-key " + to_base64(Bytes(32)) + "\n";
  const std::string plain = "plain " + to_base64(Bytes(32)) + "\n";
  ASSERT_EQ(parse_code(magic + algorithm + key + plain), "ok");
  for (const std::string& bad : {
           std::string(),
           magic,
           magic + algorithm,
           magic + algorithm + key,
           algorithm + key + plain,
           magic + key + algorithm + plain,
           magic + "algorithm rsa\n" + key + plain,
           magic + algorithm + key + plain + plain,
           magic + algorithm + key + plain + "\n",
           magic + algorithm + key + "plain \n",
           magic + algorithm + key + "plain " + to_base64(Bytes(31)) + "\n",
           magic + algorithm + key + "sealed 1 8\n",
           magic + algorithm + key + "sealed 1 8 a b c\n",
           magic + algorithm + "public-key ?\n" + plain,
           std::string(1025, 'a'),
           magic + algorithm + key + plain.substr(0, plain.size() - 1),
       })
    EXPECT_EQ(parse_code(bad), "key-file-malformed") << bad;
  EXPECT_EQ(parse_code(magic + algorithm + "public-key AAAA\n" + plain), "public-key-malformed");
}

/// A key and its file, sealed at little cost or plain.
struct RandomKeyFile {
  SecretKey key;
  KeyFile file;
};

RandomKeyFile random_key_file(std::string_view passphrase) {
  SecretKey key = random_key();
  const KeyFileCost cost{.passes = *rc::gen::inRange<std::uint64_t>(1, 4),
                         .memory_kib = *rc::gen::inRange<std::uint64_t>(8, 33)};
  KeyFile file = *rc::gen::arbitrary<bool>() ? seal_key_file(key, passphrase, cost).value()
                                             : plain_key_file(key);
  return {.key = std::move(key), .file = std::move(file)};
}

RC_GTEST_PROP(KeyFile, ParseIsTheInverseOfPrint, (const std::string& passphrase)) {
  const RandomKeyFile drawn = random_key_file(passphrase);
  const auto again = parse_key_file(print(drawn.file));
  RC_ASSERT(again.has_value());
  RC_ASSERT(print(*again) == print(drawn.file));
  RC_ASSERT(again->public_key == drawn.key.public_key());
  RC_ASSERT(again->is_sealed() == drawn.file.is_sealed());
  // It opens only if cost, salt, nonce and box have come back.
  const auto opened = open_key_file(*again, passphrase);
  RC_ASSERT(opened.has_value());
  RC_ASSERT(equal(opened->secret().reveal(), drawn.key.secret().reveal()));
}

RC_GTEST_PROP(KeyFile, AnyFlippedBitOfAnyFileIsRefused, (const std::string& passphrase)) {
  const RandomKeyFile drawn = random_key_file(passphrase);
  const auto flipped = parse_key_file(with_flipped_bit(print(drawn.file)));
  if (flipped) RC_ASSERT_FALSE(open_key_file(*flipped, passphrase).has_value());
}

}  // namespace
}  // namespace comity::crypto
