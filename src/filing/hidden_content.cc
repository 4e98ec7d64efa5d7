#include "filing/hidden_content.h"

#include <string>

#include "base/limits.h"
#include "codec/cbor.h"
#include "filing/stix_id.h"

namespace comity::filing {
namespace {

constexpr std::uint64_t kContentVersion = 1;
constexpr std::size_t kContentMembers = 3;

std::unexpected<Error> malformed_hidden(const std::string& what) {
  return refuse("hidden-malformed", "The content of a hidden item is not well-formed. " + what);
}

/// Like `parse_hidden`, with the CBOR reader's own codes.
Result<HiddenContent> parse_hidden_form(ByteView bytes) {
  codec::CborReader reader(bytes);
  COMITY_CHECK(reader.read_array(kContentMembers));
  COMITY_TRY(const auto version, reader.read_uint());
  if (version != kContentVersion) return malformed_hidden("Its version must be 1.");
  COMITY_TRY(const auto count, reader.read_array());
  if (count > limits::kReaders) return malformed_hidden("It names more than 1024 readers.");
  HiddenContent content;
  content.readers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    COMITY_TRY(const auto party, reader.read_text());
    if (!is_party_id(party)) return malformed_hidden("A reader must be a party's identity id.");
    if (i > 0 && party <= content.readers.back())
      return malformed_hidden("Its readers must ascend, none twice.");
    content.readers.push_back(party);
  }
  COMITY_TRY(content.object, reader.read_bytes());
  COMITY_CHECK(reader.end());
  return content;
}

}  // namespace

Result<HiddenContent> parse_hidden(ByteView content) {
  auto parsed = parse_hidden_form(content);
  if (!parsed && parsed.error().code().starts_with("cbor-"))
    return malformed_hidden(parsed.error().sentence());
  return parsed;
}

Bytes write_hidden(const HiddenContent& content) {
  constexpr std::size_t kHeads = 16;
  constexpr std::size_t kReaderBytes = 48;
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.reserve(kHeads + kReaderBytes * content.readers.size() + content.object.size());
  writer.write_array(kContentMembers);
  writer.write_uint(kContentVersion);
  writer.write_array(content.readers.size());
  for (const auto party : content.readers) writer.write_text(party);
  writer.write_bytes(content.object);
  return bytes;
}

}  // namespace comity::filing
