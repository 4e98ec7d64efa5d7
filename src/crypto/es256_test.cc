#include "crypto/es256.h"

#include <algorithm>

#include "tests/wycheproof.h"

namespace comity::crypto {
namespace {

Es256Key key_of(ByteView bytes) {
  COMITY_ASSERT(bytes.size() == 64);
  Es256Key key;
  std::copy_n(bytes.begin(), 32, key.x.begin());
  std::copy_n(bytes.begin() + 32, 32, key.y.begin());
  return key;
}

Secret scalar_of(const std::string& hex) { return Secret(from_hex(hex).value()); }

// RFC 6979 appendix A.2.5: key pair, and the signature with SHA-256 of "sample".
const char* const kScalar = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
const char* const kKey =
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
const char* const kSignature =
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

TEST(Es256, Rfc6979) {
  const Es256Key key = key_of(from_hex(kKey).value());
  EXPECT_EQ(es256_public_key(scalar_of(kScalar)), key);
  EXPECT_TRUE(es256_verify(key, as_bytes("sample"), from_hex(kSignature).value()));
  EXPECT_FALSE(es256_verify(key, as_bytes("Sample"), from_hex(kSignature).value()));
}

TEST(Es256, Wycheproof) {
  const auto cases = read_wycheproof("ecdsa_secp256r1_sha256_p1363.txt");
  ASSERT_EQ(cases.size(), 262U);
  for (const auto& c : cases)
    EXPECT_EQ(es256_verify(key_of(c.key), c.message, c.signature), c.valid) << c.number;
}

TEST(Es256, WhatItSignsVerifies) {
  for (int i = 0; i < 20; ++i) {
    const Secret scalar = es256_generate();
    const Es256Key key = es256_public_key(scalar).value();
    EXPECT_TRUE(es256_is_on_curve(key));
    const Es256Signature signature = es256_sign(scalar, key, as_bytes("a message"));
    EXPECT_TRUE(es256_verify(key, as_bytes("a message"), signature));
    EXPECT_FALSE(es256_verify(key, as_bytes("another message"), signature));
    EXPECT_NE(es256_sign(scalar, key, as_bytes("a message")), signature);
  }
}

// The order of P-256: FIPS 186-5, SP 800-186 section 3.2.1.3.
TEST(Es256, ScalarsOutOfRangeAreRefused) {
  const std::string below = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255";
  EXPECT_TRUE(es256_public_key(scalar_of(below + "0")).has_value());
  const auto order = es256_public_key(scalar_of(below + "1"));
  ASSERT_FALSE(order.has_value());
  EXPECT_EQ(order.error().code(), "secret-key-out-of-range");
  EXPECT_FALSE(es256_public_key(scalar_of(std::string(64, '0'))).has_value());
  EXPECT_FALSE(es256_public_key(scalar_of(std::string(64, 'f'))).has_value());
}

TEST(Es256, PointsOffTheCurveVerifyNothing) {
  Es256Key key = key_of(from_hex(kKey).value());
  EXPECT_TRUE(es256_is_on_curve(key));
  key.y[31] ^= std::byte{1};
  EXPECT_FALSE(es256_is_on_curve(key));
  EXPECT_FALSE(es256_verify(key, as_bytes("sample"), from_hex(kSignature).value()));
  EXPECT_FALSE(es256_is_on_curve({}));
  // x = p + 5 would be the point with x = 5, were it reduced: coordinates must be below the prime.
  Es256Key unreduced;
  const Bytes x =
      from_hex("ffffffff00000001000000000000000000000001000000000000000000000004").value();
  std::copy(x.begin(), x.end(), unreduced.x.begin());
  const Bytes y =
      from_hex("459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc").value();
  std::copy(y.begin(), y.end(), unreduced.y.begin());
  EXPECT_FALSE(es256_is_on_curve(unreduced));
  Es256Key reduced{.x = {}, .y = unreduced.y};
  reduced.x[31] = std::byte{5};
  EXPECT_TRUE(es256_is_on_curve(reduced));
}

}  // namespace
}  // namespace comity::crypto
