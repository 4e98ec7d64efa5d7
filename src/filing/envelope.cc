#include "filing/envelope.h"

#include "base/limits.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "filing/manifest.h"

namespace comity::filing {
namespace {

constexpr std::int64_t kContentLabel = -65801;
constexpr std::size_t kSign1Parts = 4;
constexpr std::size_t kContentParts = 2;
constexpr std::size_t kPartMembers = 2;
/// More than the heads of the outer members, or of one part, can take.
constexpr std::size_t kOuterHeads = 64;
constexpr std::size_t kPartHeads = 8;

Result<StoredPart> read_part(codec::CborReader& reader) {
  COMITY_TRY(const auto kind, reader.peek());
  StoredPart part;
  if (kind == codec::CborKind::kNull) {
    COMITY_CHECK(reader.read_null());
    return part;
  }
  COMITY_CHECK(reader.read_array(kPartMembers));
  COMITY_TRY(part.salt, reader.read_bytes(kSaltBytes));
  COMITY_TRY(part.content, reader.read_bytes());
  return part;
}

/// The unprotected header: one member, and what is in it.
Result<void> read_content(codec::CborReader& reader, Envelope& envelope) {
  COMITY_TRY(auto unprotected, codec::CborMap::open(reader));
  if (unprotected.left() == 0)
    return refuse("filing-content-missing",
                  "The statement came without its manifest and objects; send the whole filing.");
  COMITY_CHECK(unprotected.expect_key(kContentLabel));
  COMITY_CHECK(unprotected.end());
  COMITY_CHECK(reader.read_array(kContentParts));
  COMITY_TRY(envelope.manifest, reader.read_bytes());
  COMITY_TRY(const auto count, reader.read_array());
  if (count == 0 || count > limits::kItems)
    return refuse("filing-malformed", "A filing holds 1 to 65,536 parts; split a larger one.");
  envelope.parts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    COMITY_TRY(const auto part, read_part(reader));
    envelope.parts.push_back(part);
  }
  return {};
}

}  // namespace

Bytes Envelope::entry() const {
  Bytes bytes;
  bytes.reserve(before.size() + codec::empty_map().size() + after.size());
  append(bytes, before);
  append(bytes, codec::empty_map());
  append(bytes, after);
  return bytes;
}

Result<Envelope> parse_envelope(ByteView filing) {
  if (filing.size() > limits::kFilingBytes)
    return refuse("filing-too-large",
                  "The filing is larger than 33,554,432 bytes; split it into several.");
  codec::CborReader reader(filing);
  Envelope envelope;
  COMITY_CHECK(reader.read_tag(codec::kSign1Tag));
  COMITY_CHECK(reader.read_array(kSign1Parts));
  COMITY_CHECK(reader.read_bytes());
  envelope.before = filing.first(reader.position());
  COMITY_CHECK(read_content(reader, envelope));
  envelope.after = filing.subspan(reader.position());
  COMITY_CHECK(reader.read_bytes());
  COMITY_CHECK(reader.read_bytes());
  COMITY_CHECK(reader.end());
  return envelope;
}

Bytes write_envelope(ByteView entry, ByteView manifest, std::span<const StoredPart> parts) {
  const auto statement = codec::parse_sign1(entry);
  COMITY_ASSERT(statement && statement->payload);
  std::size_t size = kOuterHeads + entry.size() + manifest.size();
  for (const auto& part : parts) size += kPartHeads + part.salt.size() + part.content.size();

  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.reserve(size);
  writer.write_tag(codec::kSign1Tag);
  writer.write_array(kSign1Parts);
  writer.write_bytes(statement->header);
  writer.write_map(1);
  writer.write_int(kContentLabel);
  writer.write_array(kContentParts);
  writer.write_bytes(manifest);
  writer.write_array(parts.size());
  for (const auto& part : parts) {
    if (part.salt.empty()) {
      writer.write_null();
      continue;
    }
    writer.write_array(kPartMembers);
    writer.write_bytes(part.salt);
    writer.write_bytes(part.content);
  }
  writer.write_bytes(*statement->payload);
  writer.write_bytes(statement->signature);
  return bytes;
}

}  // namespace comity::filing
