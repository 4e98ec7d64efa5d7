#include "crypto/es256.h"

#include <cstring>
#include <memory>
#include <span>
#include <string>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>

#include "crypto/unsigned_bytes.h"

namespace comity::crypto {
namespace {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freer<Free>>;

using Number = Owned<BIGNUM, BN_clear_free>;
using Group = Owned<EC_GROUP, EC_GROUP_free>;
using Point = Owned<EC_POINT, EC_POINT_free>;
using Pair = Owned<ECDSA_SIG, ECDSA_SIG_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;

constexpr std::size_t kCoordinate = 32;

// What OpenSSL says no to here, beside bad input that is tested for, is want of memory or of
// randomness: both end the process as `new` would. What it says no to for bad input it also leaves
// in the thread's queue of errors, which is emptied for the next reader of that queue.

const EC_GROUP* curve() {
  static const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  COMITY_ASSERT(group != nullptr);
  return group.get();
}

Number number_of(ByteView bytes) {
  Number number(BN_bin2bn(raw(bytes), static_cast<int>(bytes.size()), nullptr));
  COMITY_ASSERT(number != nullptr);
  return number;
}

void write_number(const BIGNUM* number, std::span<std::byte> to) {
  COMITY_ASSERT(BN_bn2binpad(number, into(to), static_cast<int>(to.size())) ==
                static_cast<int>(to.size()));
}

bool in_range(const BIGNUM* number) {
  return !BN_is_zero(number) && BN_cmp(number, EC_GROUP_get0_order(curve())) < 0;
}

/// The key as OpenSSL holds it, with the scalar where one is given; null where the point is not on
/// the curve.
Key make_key(const Es256Key& key, const Secret* scalar) {
  std::array<unsigned char, 1 + 2 * kCoordinate> point;  // SEC 1 section 2.3.3, uncompressed
  point[0] = POINT_CONVERSION_UNCOMPRESSED;
  std::memcpy(point.data() + 1, key.x.data(), kCoordinate);
  std::memcpy(point.data() + 1 + kCoordinate, key.y.data(), kCoordinate);

  std::string group = SN_X9_62_prime256v1;
  std::array<unsigned char, kCoordinate> native{};  // OpenSSL wants integers in the CPU's order
  if (scalar != nullptr) {
    const Number number = number_of(scalar->reveal());
    COMITY_ASSERT(BN_bn2nativepad(number.get(), native.data(), kCoordinate) ==
                  static_cast<int>(kCoordinate));
  }
  std::array params{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      scalar == nullptr
          ? OSSL_PARAM_construct_end()
          : OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native.data(), native.size()),
      OSSL_PARAM_construct_end(),
  };
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  COMITY_ASSERT(context != nullptr);
  COMITY_ASSERT(EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* made = nullptr;
  const int selection = scalar != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  const bool on_curve = EVP_PKEY_fromdata(context.get(), &made, selection, params.data()) == 1;
  wipe(std::as_writable_bytes(std::span(native)));
  return on_curve ? Key(made) : nullptr;
}

/// The DER form (RFC 3279 section 2.2.3) of a raw signature; empty where it can't be one.
Bytes to_der(ByteView signature) {
  if (signature.size() != 2 * kCoordinate) return {};
  Number r = number_of(signature.first(kCoordinate));
  Number s = number_of(signature.last(kCoordinate));
  if (!in_range(r.get()) || !in_range(s.get())) return {};
  const Pair pair(ECDSA_SIG_new());
  COMITY_ASSERT(pair != nullptr);
  COMITY_ASSERT(ECDSA_SIG_set0(pair.get(), r.release(), s.release()) == 1);
  Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)));
  unsigned char* at = into(der);
  COMITY_ASSERT(i2d_ECDSA_SIG(pair.get(), &at) == static_cast<int>(der.size()));
  return der;
}

Es256Signature from_der(ByteView der) {
  const unsigned char* at = raw(der);
  const Pair pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  COMITY_ASSERT(pair != nullptr);
  Es256Signature signature;
  write_number(ECDSA_SIG_get0_r(pair.get()), std::span(signature).first<kCoordinate>());
  write_number(ECDSA_SIG_get0_s(pair.get()), std::span(signature).last<kCoordinate>());
  return signature;
}

}  // namespace

bool es256_is_on_curve(const Es256Key& key) {
  const Point point(EC_POINT_new(curve()));
  COMITY_ASSERT(point != nullptr);
  const Number x = number_of(key.x);
  const Number y = number_of(key.y);
  // OpenSSL would reduce coordinates that are not below the prime: one point, several texts.
  const BIGNUM* prime = EC_GROUP_get0_field(curve());
  if (BN_cmp(x.get(), prime) >= 0 || BN_cmp(y.get(), prime) >= 0) return false;
  // Refuses points off the curve. Its cofactor is 1, so each of its points is in the group.
  const bool on_curve =
      EC_POINT_set_affine_coordinates(curve(), point.get(), x.get(), y.get(), nullptr) == 1;
  ERR_clear_error();
  return on_curve;
}

Secret es256_generate() {
  for (;;) {
    // One draw in 2^32 is not below the order, and is drawn again.
    Secret scalar = Secret::random();
    if (in_range(number_of(scalar.reveal()).get())) return scalar;
  }
}

Result<Es256Key> es256_public_key(const Secret& scalar) {
  const Number number = number_of(scalar.reveal());
  if (!in_range(number.get()))
    return refuse("secret-key-out-of-range",
                  "The secret is not a scalar of P-256, between 1 and its order; make a new key.");
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  const Point point(EC_POINT_new(curve()));
  const Number x(BN_new());
  const Number y(BN_new());
  COMITY_ASSERT(point != nullptr && x != nullptr && y != nullptr);
  COMITY_ASSERT(EC_POINT_mul(curve(), point.get(), number.get(), nullptr, nullptr, nullptr) == 1);
  COMITY_ASSERT(EC_POINT_get_affine_coordinates(curve(), point.get(), x.get(), y.get(), nullptr) ==
                1);
  Es256Key key;
  write_number(x.get(), key.x);
  write_number(y.get(), key.y);
  return key;
}

Es256Signature es256_sign(const Secret& scalar, const Es256Key& key, ByteView message) {
  const Key pair = make_key(key, &scalar);
  const DigestContext context(EVP_MD_CTX_new());
  COMITY_ASSERT(pair != nullptr && context != nullptr);
  COMITY_ASSERT(EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr,
                                      pair.get(), nullptr) == 1);
  std::array<std::byte, 80> der;  // at most 72 bytes for P-256
  std::size_t size = der.size();
  COMITY_ASSERT(EVP_DigestSign(context.get(), into(der), &size, raw(message), message.size()) == 1);
  return from_der(ByteView(der).first(size));
}

bool es256_verify(const Es256Key& key, ByteView message, ByteView signature) {
  const Bytes der = to_der(signature);
  if (der.empty()) return false;
  const Key point = make_key(key, nullptr);
  if (point == nullptr) {
    ERR_clear_error();
    return false;
  }
  const DigestContext context(EVP_MD_CTX_new());
  COMITY_ASSERT(context != nullptr);
  COMITY_ASSERT(EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr,
                                        point.get(), nullptr) == 1);
  const bool valid =
      EVP_DigestVerify(context.get(), raw(der), der.size(), raw(message), message.size()) == 1;
  ERR_clear_error();
  return valid;
}

}  // namespace comity::crypto
