#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"

/// Deterministic CBOR: RFC 8949 section 4.2.1 cut down to the kinds that Comity's formats use
/// (docs/formats/encoding.md). What is not canonical is refused, never repaired.
namespace comity::codec {

/// The only tag that occurs: COSE_Sign1 (RFC 9052 section 2).
inline constexpr std::uint64_t kSign1Tag = 18;

/// Appends items to the caller's bytes. Heads are always the shortest. The caller owes what only
/// it can know: as many items as an array or map announced, and map keys in ascending order.
class CborWriter {
 public:
  /// `to` must outlive the writer; what it holds already stays.
  explicit CborWriter(Bytes& to) : to_(&to) {}

  void write_uint(std::uint64_t value);
  void write_int(std::int64_t value);
  void write_bytes(ByteView bytes);
  /// REQUIRES: is_utf8(text)
  void write_text(std::string_view text);
  void write_array(std::size_t items);
  void write_map(std::size_t pairs);
  void write_tag(std::uint64_t tag);
  void write_bool(bool value);
  void write_null();
  /// Appends one item that is encoded already.
  void write_item(ByteView encoded) { append(*to_, encoded); }

  /// Makes room for `size` more bytes, which need not be used.
  void reserve(std::size_t size) { to_->reserve(to_->size() + size); }

 private:
  Bytes* to_;
};

/// The kinds that occur; the first seven are the major types of RFC 8949 section 3.1 in order.
enum class CborKind : std::uint8_t {
  kUnsigned,
  kNegative,
  kBytes,
  kText,
  kArray,
  kMap,
  kTag,
  kBool,
  kNull,
};

/// Reads one item after another from bytes that outlive it. Nothing is copied or allocated; views
/// point into those bytes. After a refusal the reader must not be used any more.
///
/// Every call may refuse `cbor-malformed` (truncated, reserved head, text not UTF-8),
/// `cbor-not-deterministic` (a head longer than need be, indefinite length, keys out of order),
/// `cbor-kind-refused` (a float or another simple value) and `cbor-unexpected` (well-formed, but
/// another kind or size than was asked for).
class CborReader {
 public:
  explicit CborReader(ByteView bytes) : bytes_(bytes) {}

  /// The kind of the next item.
  [[nodiscard]] Result<CborKind> peek() const;

  Result<std::uint64_t> read_uint();
  /// Either sign; refuses `cbor-unexpected` outside of int64.
  Result<std::int64_t> read_int();
  Result<ByteView> read_bytes();
  /// A byte string of exactly `size` bytes.
  Result<ByteView> read_bytes(std::size_t size);
  Result<std::string_view> read_text();
  /// The number of items that follow; at least so many bytes are there.
  Result<std::size_t> read_array();
  /// An array of exactly `items`.
  Result<void> read_array(std::size_t items);
  /// The number of pairs that follow; at least twice so many bytes are there. See `CborMap`.
  Result<std::size_t> read_map();
  Result<void> read_tag(std::uint64_t tag);
  Result<bool> read_bool();
  Result<void> read_null();

  /// Walks over one whole item of any shape, with every rule of deterministic encoding checked,
  /// and gives its bytes. Also refuses `cbor-too-deep` (more than limits::kDepth arrays and maps
  /// in one another) and any tag but one 18 (`cbor-kind-refused`).
  Result<ByteView> read_item();

  /// Where the next item starts, counted from the first byte.
  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] bool at_end() const { return position_ == bytes_.size(); }
  /// Refuses `cbor-trailing-bytes` unless all bytes have been read.
  [[nodiscard]] Result<void> end() const;

 private:
  struct Head {
    std::uint8_t major;
    std::uint64_t argument;
  };
  Result<Head> read_head();
  Result<std::uint64_t> read_head(CborKind kind);
  Result<ByteView> take(std::uint64_t size);
  Result<std::size_t> checked_count(const Head& head) const;
  Result<Head> read_any();

  ByteView bytes_;
  std::size_t position_ = 0;
};

/// A map whose keys are all integers, read in its own order, which is that of the bytes of its
/// keys: 0, 1, 2, ... and then -1, -2, ...
///
///     COMITY_TRY(auto map, CborMap::open(reader));
///     while (map.left() > 0) {
///       COMITY_TRY(const auto key, map.next_key());
///       ... read exactly one item from `reader` ...
///     }
class CborMap {
 public:
  /// Reads the head of the map. `reader` must outlive the result.
  static Result<CborMap> open(CborReader& reader);

  /// Pairs whose key has not been read.
  [[nodiscard]] std::size_t left() const { return left_; }

  /// REQUIRES: left() > 0. Refuses `cbor-not-deterministic` when the key doesn't come after the
  /// one before it, `cbor-duplicate-key` when it is the same.
  Result<std::int64_t> next_key();

  /// Reads the next key and refuses `cbor-unexpected` if it is another or there is none.
  Result<void> expect_key(std::int64_t key);

  /// Refuses `cbor-unexpected` if there are keys left.
  [[nodiscard]] Result<void> end() const;

 private:
  CborMap(CborReader& reader, std::size_t pairs) : reader_(&reader), left_(pairs) {}

  CborReader* reader_;
  std::size_t left_;
  bool first_ = true;
  std::int64_t last_ = 0;
};

/// Whether the bytes are exactly one item in deterministic encoding, of any shape.
[[nodiscard]] Result<void> check_deterministic(ByteView bytes);

}  // namespace comity::codec
