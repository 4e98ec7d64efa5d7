#include "codec/cose_key.h"

#include <array>
#include <cstring>

#include "codec/cbor.h"
#include "crypto/sha256.h"

namespace comity::codec {
namespace {

// RFC 9053 section 7: labels and values of key types and curves.
constexpr std::int64_t kKeyType = 1;
constexpr std::int64_t kCurve = -1;
constexpr std::int64_t kX = -2;
constexpr std::int64_t kY = -3;
constexpr std::int64_t kOkp = 1;
constexpr std::int64_t kEc2 = 2;
constexpr std::int64_t kEd25519 = 6;
constexpr std::int64_t kP256 = 1;

constexpr std::size_t kCoordinateBytes = 32;

std::unexpected<Error> unsupported() {
  return refuse("cose-key-unsupported",
                "The COSE_Key is of a type or curve that is not used here; give an Ed25519 or a "
                "P-256 public key.");
}

}  // namespace

Bytes write_cose_key(const crypto::PublicKey& key) {
  const bool is_ec2 = key.algorithm() == crypto::Algorithm::es256;
  const ByteView bytes = key.bytes();
  Bytes encoded;
  CborWriter writer(encoded);
  writer.reserve(kCoordinateBytes * 3);
  writer.write_map(is_ec2 ? 4 : 3);
  writer.write_int(kKeyType);
  writer.write_int(is_ec2 ? kEc2 : kOkp);
  writer.write_int(kCurve);
  writer.write_int(is_ec2 ? kP256 : kEd25519);
  writer.write_int(kX);
  writer.write_bytes(bytes.first(kCoordinateBytes));
  if (is_ec2) {
    writer.write_int(kY);
    writer.write_bytes(bytes.subspan(kCoordinateBytes));
  }
  return encoded;
}

Result<crypto::PublicKey> parse_cose_key(ByteView bytes) {
  CborReader reader(bytes);
  COMITY_TRY(CborMap map, CborMap::open(reader));
  COMITY_CHECK(map.expect_key(kKeyType));
  COMITY_TRY(const auto type, reader.read_int());
  if (type != kOkp && type != kEc2) return unsupported();
  const bool is_ec2 = type == kEc2;
  COMITY_CHECK(map.expect_key(kCurve));
  COMITY_TRY(const auto curve, reader.read_int());
  if (curve != (is_ec2 ? kP256 : kEd25519)) return unsupported();

  std::array<std::byte, 2 * kCoordinateBytes> point{};
  COMITY_CHECK(map.expect_key(kX));
  COMITY_TRY(const ByteView x, reader.read_bytes(kCoordinateBytes));
  std::memcpy(point.data(), x.data(), x.size());
  if (is_ec2) {
    COMITY_CHECK(map.expect_key(kY));
    COMITY_TRY(const ByteView y, reader.read_bytes(kCoordinateBytes));
    std::memcpy(point.data() + x.size(), y.data(), y.size());
  }
  COMITY_CHECK(map.end());
  COMITY_CHECK(reader.end());
  return is_ec2 ? crypto::PublicKey::from(crypto::Algorithm::es256, point)
                : crypto::PublicKey::from(crypto::Algorithm::ed25519,
                                          ByteView(point).first(kCoordinateBytes));
}

KeyId key_id(const crypto::PublicKey& key) {
  return crypto::digest_of<KeyIdTag>(write_cose_key(key));
}

}  // namespace comity::codec
