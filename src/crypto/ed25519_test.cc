#include "crypto/ed25519.h"

#include <algorithm>

#include "tests/wycheproof.h"

namespace comity::crypto {
namespace {

template <std::size_t N>
std::array<std::byte, N> array_of(ByteView bytes) {
  std::array<std::byte, N> array;
  COMITY_ASSERT(bytes.size() == N);
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

struct Vector {
  std::string seed, key, message, signature;
};

// RFC 8032 section 7.1, TEST 1 to 3 and TEST SHA(abc).
const std::array<Vector, 4> kRfc8032 = {{
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6594a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3fee"
     "bbd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e"
     "0303dca179c138ac17ad9bef1177331a704"},
}};

TEST(Ed25519, Rfc8032) {
  for (const Vector& vector : kRfc8032) {
    const Secret seed(from_hex(vector.seed).value());
    const Bytes message = from_hex(vector.message).value();
    const Ed25519Key key = ed25519_public_key(seed);
    EXPECT_EQ(to_hex(key), vector.key);
    const Ed25519Signature signature = ed25519_sign(seed, key, message);
    EXPECT_EQ(to_hex(signature), vector.signature);
    EXPECT_TRUE(ed25519_verify(key, message, signature));
  }
}

// TEST 1024: Wycheproof has its message and signature, but not the seed.
TEST(Ed25519, Rfc8032Test1024) {
  const Secret seed(
      from_hex("f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5").value());
  const Ed25519Key key = ed25519_public_key(seed);
  EXPECT_EQ(to_hex(key), "278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e");
  const auto cases = read_wycheproof("ed25519.txt");
  const auto found = std::ranges::find_if(cases, [&](const auto& c) { return equal(c.key, key); });
  ASSERT_NE(found, cases.end());
  ASSERT_EQ(found->message.size(), 1023U);
  EXPECT_EQ(to_hex(ed25519_sign(seed, key, found->message)), to_hex(found->signature));
}

TEST(Ed25519, Wycheproof) {
  const auto cases = read_wycheproof("ed25519.txt");
  ASSERT_EQ(cases.size(), 151U);
  for (const auto& c : cases)
    EXPECT_EQ(ed25519_verify(array_of<32>(c.key), c.message, c.signature), c.valid) << c.number;
}

// Every point of small order, the canonical encodings and those with y >= p (the list in
// "Taming the Many EdDSAs", Chalkias, Garillot, Nikolaenko 2020, table 1). With S = 0 and R = A the
// equation without cofactor would hold for the identity.
TEST(Ed25519, KeysOfSmallOrderVerifyNothing) {
  const std::array<std::string, 9> points = {
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000080",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0100000000000000000000000000000000000000000000000000000000000080",
  };
  for (const std::string& point : points) {
    Bytes signature = from_hex(point).value();
    signature.resize(64);
    EXPECT_FALSE(ed25519_verify(array_of<32>(from_hex(point).value()), {}, signature)) << point;
  }
}

// S + L satisfies the same equation; L as in RFC 8032 section 5.1.
TEST(Ed25519, SMustBeBelowTheOrder) {
  const Bytes order =
      from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
  const auto key = array_of<32>(from_hex(kRfc8032[0].key).value());
  Bytes signature = from_hex(kRfc8032[0].signature).value();
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += std::to_integer<unsigned>(signature[32 + i]) + std::to_integer<unsigned>(order[i]);
    signature[32 + i] = static_cast<std::byte>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(ed25519_verify(key, {}, signature));
}

TEST(Ed25519, OtherSizesAreNoSignatures) {
  const auto key = array_of<32>(from_hex(kRfc8032[0].key).value());
  Bytes signature = from_hex(kRfc8032[0].signature).value();
  signature.push_back({});
  EXPECT_FALSE(ed25519_verify(key, {}, signature));
  EXPECT_FALSE(ed25519_verify(key, {}, ByteView(signature).first(63)));
  EXPECT_FALSE(ed25519_verify(key, {}, {}));
}

}  // namespace
}  // namespace comity::crypto
