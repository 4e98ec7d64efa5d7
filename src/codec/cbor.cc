#include "codec/cbor.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include <cbor/callbacks.h>
#include <cbor/encoding.h>
#include <cbor/streaming.h>

#include "base/limits.h"

namespace comity::codec {
namespace {

/// The longest head: one byte and an argument of eight.
constexpr std::size_t kHeadBytes = 9;

constexpr std::uint8_t kSimpleMajor = 7;
constexpr std::uint8_t kFalse = 20;
constexpr std::uint8_t kTrue = 21;
constexpr std::uint8_t kNull = 22;

template <class Encode>
void append_head(Bytes& to, Encode encode) {
  std::array<unsigned char, kHeadBytes> head{};
  const std::size_t size = encode(head.data(), head.size());
  COMITY_ASSERT(size > 0 && size <= head.size());
  append(to, std::as_bytes(std::span(head.data(), size)));
}

std::unexpected<Error> malformed_cbor(std::string sentence) {
  return refuse("cbor-malformed", std::move(sentence));
}

std::unexpected<Error> not_deterministic(std::string sentence) {
  return refuse("cbor-not-deterministic", std::move(sentence));
}

std::unexpected<Error> unexpected(std::string sentence) {
  return refuse("cbor-unexpected", std::move(sentence));
}

std::unexpected<Error> foreign_key() {
  return unexpected("A CBOR map lacks a key of its format, or holds one that is not in it.");
}

/// How many bytes the shortest head with that argument has.
constexpr std::size_t shortest_head(std::uint64_t argument) {
  if (argument < 24) return 1;
  if (argument <= 0xff) return 2;
  if (argument <= 0xffff) return 3;
  return argument <= 0xffff'ffff ? 5 : 9;
}

/// The library's decoder calls one of these with the argument of an unsigned integer's head.
template <class Integer>
void store_argument(void* context, Integer value) {
  *static_cast<std::uint64_t*>(context) = value;
}

constexpr cbor_callbacks kArgumentCallbacks = [] {
  cbor_callbacks callbacks{};
  callbacks.uint8 = store_argument<std::uint8_t>;
  callbacks.uint16 = store_argument<std::uint16_t>;
  callbacks.uint32 = store_argument<std::uint32_t>;
  callbacks.uint64 = store_argument<std::uint64_t>;
  return callbacks;
}();

}  // namespace

void CborWriter::write_uint(std::uint64_t value) {
  append_head(*to_, [&](auto* at, auto room) { return cbor_encode_uint(value, at, room); });
}

void CborWriter::write_int(std::int64_t value) {
  if (value >= 0) return write_uint(static_cast<std::uint64_t>(value));
  const auto argument = static_cast<std::uint64_t>(-(value + 1));
  append_head(*to_, [&](auto* at, auto room) { return cbor_encode_negint(argument, at, room); });
}

void CborWriter::write_bytes(ByteView bytes) {
  append_head(*to_, [&](auto* at, auto room) {
    return cbor_encode_bytestring_start(bytes.size(), at, room);
  });
  append(*to_, bytes);
}

void CborWriter::write_text(std::string_view text) {
  append_head(*to_,
              [&](auto* at, auto room) { return cbor_encode_string_start(text.size(), at, room); });
  append(*to_, text);
}

void CborWriter::write_array(std::size_t items) {
  append_head(*to_, [&](auto* at, auto room) { return cbor_encode_array_start(items, at, room); });
}

void CborWriter::write_map(std::size_t pairs) {
  append_head(*to_, [&](auto* at, auto room) { return cbor_encode_map_start(pairs, at, room); });
}

void CborWriter::write_tag(std::uint64_t tag) {
  append_head(*to_, [&](auto* at, auto room) { return cbor_encode_tag(tag, at, room); });
}

void CborWriter::write_bool(bool value) {
  append_head(*to_, [&](auto* at, auto room) { return cbor_encode_bool(value, at, room); });
}

void CborWriter::write_null() {
  append_head(*to_, [](auto* at, auto room) { return cbor_encode_null(at, room); });
}

/// Decodes a head of any kind. libcbor 0.8 refuses tag 18, so every head is shown to it as that of
/// an unsigned integer, whose argument is encoded alike (RFC 8949 section 3).
Result<CborReader::Head> CborReader::read_head() {
  const ByteView rest = bytes_.subspan(position_);
  if (rest.empty()) return malformed_cbor("The CBOR ends where another item should start.");
  const auto initial = std::to_integer<std::uint8_t>(rest[0]);
  const auto major = static_cast<std::uint8_t>(initial >> 5);
  const auto info = static_cast<std::uint8_t>(initial & 0x1f);
  if (major == kSimpleMajor) {
    if (info >= 28)
      return malformed_cbor("The CBOR holds a break or a head that RFC 8949 reserves.");
    if (info < kFalse || info > kNull)
      return refuse("cbor-kind-refused",
                    "The CBOR holds a float or a simple value; only false, true and null are "
                    "allowed.");
  } else if (info == 31) {
    return not_deterministic("The CBOR holds an item of indefinite length; write its length.");
  }

  std::array<unsigned char, kHeadBytes> head{};
  const std::size_t size = std::min(rest.size(), head.size());
  std::memcpy(head.data(), rest.data(), size);
  head[0] = info;
  Head result{major, 0};
  const auto decoded = cbor_stream_decode(head.data(), size, &kArgumentCallbacks, &result.argument);
  if (decoded.status == CBOR_DECODER_NEDATA)
    return malformed_cbor("The CBOR ends inside the head of an item.");
  if (decoded.status != CBOR_DECODER_FINISHED)
    return malformed_cbor("The CBOR holds a head that RFC 8949 reserves.");
  if (decoded.read != shortest_head(result.argument))
    return not_deterministic("The CBOR holds a number or length that is not in its shortest form.");
  position_ += decoded.read;
  return result;
}

/// The next head must be of that kind, one of the major types; gives its argument.
Result<std::uint64_t> CborReader::read_head(CborKind kind) {
  COMITY_TRY(const Head head, read_head());
  if (head.major != static_cast<std::uint8_t>(kind))
    return unexpected("The CBOR holds an item of another kind than the format has there.");
  return head.argument;
}

Result<ByteView> CborReader::take(std::uint64_t size) {
  if (size > bytes_.size() - position_)
    return malformed_cbor("The CBOR ends inside a string; some bytes are missing.");
  const ByteView taken = bytes_.subspan(position_, static_cast<std::size_t>(size));
  position_ += taken.size();
  return taken;
}

/// The items of an array or pairs of a map, never more than the bytes left can hold.
Result<std::size_t> CborReader::checked_count(const Head& head) const {
  const bool is_map = head.major == static_cast<std::uint8_t>(CborKind::kMap);
  if (head.argument > (bytes_.size() - position_) / (is_map ? 2 : 1))
    return malformed_cbor("The CBOR announces more items than its bytes can hold.");
  return static_cast<std::size_t>(head.argument);
}

Result<CborKind> CborReader::peek() const {
  CborReader ahead = *this;
  COMITY_TRY(const Head head, ahead.read_head());
  if (head.major < kSimpleMajor) return static_cast<CborKind>(head.major);
  return head.argument == kNull ? CborKind::kNull : CborKind::kBool;
}

Result<std::uint64_t> CborReader::read_uint() { return read_head(CborKind::kUnsigned); }

Result<std::int64_t> CborReader::read_int() {
  COMITY_TRY(const Head head, read_head());
  if (head.major > static_cast<std::uint8_t>(CborKind::kNegative))
    return unexpected("The CBOR holds something else where the format has an integer.");
  if (head.argument > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    return unexpected("The CBOR holds an integer that doesn't fit 64 signed bits.");
  const auto value = static_cast<std::int64_t>(head.argument);
  return head.major == 0 ? value : -1 - value;
}

Result<ByteView> CborReader::read_bytes() {
  COMITY_TRY(const auto size, read_head(CborKind::kBytes));
  return take(size);
}

Result<ByteView> CborReader::read_bytes(std::size_t size) {
  COMITY_TRY(const ByteView bytes, read_bytes());
  if (bytes.size() != size)
    return unexpected("The CBOR holds a byte string of another length than the format has there.");
  return bytes;
}

Result<std::string_view> CborReader::read_text() {
  COMITY_TRY(const auto size, read_head(CborKind::kText));
  COMITY_TRY(const ByteView bytes, take(size));
  if (!is_utf8(as_text(bytes))) return malformed_cbor("A CBOR text string is not valid UTF-8.");
  return as_text(bytes);
}

Result<std::size_t> CborReader::read_array() {
  COMITY_TRY(const auto items, read_head(CborKind::kArray));
  return checked_count({static_cast<std::uint8_t>(CborKind::kArray), items});
}

Result<void> CborReader::read_array(std::size_t items) {
  COMITY_TRY(const auto found, read_array());
  if (found != items)
    return unexpected("A CBOR array has another number of items than the format has there.");
  return {};
}

Result<std::size_t> CborReader::read_map() {
  COMITY_TRY(const auto pairs, read_head(CborKind::kMap));
  return checked_count({static_cast<std::uint8_t>(CborKind::kMap), pairs});
}

Result<void> CborReader::read_tag(std::uint64_t tag) {
  COMITY_TRY(const auto found, read_head(CborKind::kTag));
  if (found != tag) return unexpected("The CBOR holds another tag than the format has there.");
  return {};
}

Result<bool> CborReader::read_bool() {
  COMITY_TRY(const auto value, read_head(CborKind{kSimpleMajor}));
  if (value == kNull) return unexpected("The CBOR holds null where the format has true or false.");
  return value == kTrue;
}

Result<void> CborReader::read_null() {
  COMITY_TRY(const auto value, read_head(CborKind{kSimpleMajor}));
  if (value != kNull) return unexpected("The CBOR holds true or false where the format has null.");
  return {};
}

Result<void> CborReader::end() const {
  if (!at_end())
    return refuse("cbor-trailing-bytes", "Bytes stand after the end of the CBOR; remove them.");
  return {};
}

Result<CborMap> CborMap::open(CborReader& reader) {
  COMITY_TRY(const auto pairs, reader.read_map());
  return CborMap(reader, pairs);
}

Result<std::int64_t> CborMap::next_key() {
  COMITY_ASSERT(left_ > 0);
  COMITY_TRY(const auto key, reader_->read_int());
  if (!first_) {
    if (key == last_) return refuse("cbor-duplicate-key", "A CBOR map holds a key twice.");
    const bool ascends = last_ >= 0 ? key > last_ || key < 0 : key < last_;
    if (!ascends) return not_deterministic("The keys of a CBOR map are not in ascending order.");
  }
  first_ = false;
  last_ = key;
  --left_;
  return key;
}

Result<void> CborMap::expect_key(std::int64_t key) {
  if (left_ > 0) {
    COMITY_TRY(const auto found, next_key());
    if (found == key) return {};
  }
  return foreign_key();
}

Result<void> CborMap::end() const {
  if (left_ > 0) return foreign_key();
  return {};
}

namespace {

/// An array or map that a walk is inside of. Has no initial values, so that a walk doesn't have to
/// clear the room for all levels.
struct Open {
  std::size_t left;  // items to come, keys and values counted each
  bool is_map;
  std::size_t key_start;
  ByteView last_key;  // empty before the first

  [[nodiscard]] bool at_key() const { return is_map && left % 2 == 0; }
};

/// Encodings of items are prefix-free, so that the shorter length decides nothing.
Result<void> check_order(ByteView before, ByteView key) {
  const std::size_t size = std::min(before.size(), key.size());
  const int order = size == 0 ? -1 : std::memcmp(before.data(), key.data(), size);
  if (order == 0) return refuse("cbor-duplicate-key", "A CBOR map holds a key twice.");
  if (order > 0) return not_deterministic("The keys of a CBOR map are not in ascending order.");
  return {};
}

}  // namespace

/// Reads a head, past a tag, and the string after it, if it is one. A tag on a tag would nest
/// without a level, and no format has it.
Result<CborReader::Head> CborReader::read_any() {
  constexpr auto kTag = static_cast<std::uint8_t>(CborKind::kTag);
  COMITY_TRY(Head head, read_head());
  if (head.major == kTag) {
    if (head.argument != kSign1Tag)
      return refuse("cbor-kind-refused", "The CBOR holds a tag other than 18.");
    COMITY_TRY(head, read_head());
    if (head.major == kTag) return refuse("cbor-kind-refused", "The CBOR holds a tag on a tag.");
  }
  if (head.major == static_cast<std::uint8_t>(CborKind::kBytes)) COMITY_CHECK(take(head.argument));
  if (head.major == static_cast<std::uint8_t>(CborKind::kText)) {
    COMITY_TRY(const ByteView text, take(head.argument));
    if (!is_utf8(as_text(text))) return malformed_cbor("A CBOR text string is not valid UTF-8.");
  }
  return head;
}

Result<ByteView> CborReader::read_item() {
  const std::size_t start = position_;
  std::array<Open, limits::kDepth> open;
  std::size_t depth = 0;
  do {
    if (depth > 0 && open[depth - 1].at_key()) open[depth - 1].key_start = position_;
    COMITY_TRY(const Head head, read_any());
    const bool is_map = head.major == static_cast<std::uint8_t>(CborKind::kMap);
    if (is_map || head.major == static_cast<std::uint8_t>(CborKind::kArray)) {
      if (depth == open.size())
        return refuse("cbor-too-deep", "The CBOR nests more than 64 arrays and maps.");
      COMITY_TRY(const auto count, checked_count(head));
      if (count > 0) {
        open[depth++] = {is_map ? 2 * count : count, is_map, 0, {}};
        continue;
      }
    }
    for (; depth > 0; --depth) {  // An item has ended; where it was the last, so has its container.
      Open& top = open[depth - 1];
      if (top.at_key()) {
        const ByteView key = bytes_.subspan(top.key_start, position_ - top.key_start);
        COMITY_CHECK(check_order(top.last_key, key));
        top.last_key = key;
      }
      if (--top.left > 0) break;
    }
  } while (depth > 0);
  return bytes_.subspan(start, position_ - start);
}

Result<void> check_deterministic(ByteView bytes) {
  CborReader reader(bytes);
  COMITY_CHECK(reader.read_item());
  return reader.end();
}

}  // namespace comity::codec
