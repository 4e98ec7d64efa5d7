#include "filing/manifest.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/limits.h"
#include "codec/cbor.h"
#include "crypto/sha256.h"
#include "filing/stix_id.h"

namespace comity::filing {
namespace {

constexpr std::uint64_t kManifestVersion = 1;
constexpr std::size_t kManifestMembers = 2;
constexpr std::size_t kPublicMembers = 4;
constexpr std::size_t kHiddenMembers = 1;

std::unexpected<Error> malformed_manifest(const std::string& what) {
  return refuse("manifest-malformed", "The manifest is not well-formed. " + what);
}

Result<Item> read_item(codec::CborReader& reader) {
  COMITY_TRY(const auto members, reader.read_array());
  if (members != kPublicMembers && members != kHiddenMembers)
    return malformed_manifest("An item must have four members, or one if it is hidden.");
  Item item;
  COMITY_TRY(const auto digest, reader.read_bytes(ContentDigest::kSize));
  item.digest = ContentDigest::from(digest);
  if (members == kHiddenMembers) return item;
  COMITY_TRY(item.id, reader.read_text());
  if (!is_stix_id(item.id)) return malformed_manifest("An item's id must be a STIX 2.1 id.");
  COMITY_TRY(const auto micros, reader.read_int());
  if (micros < 0) return malformed_manifest("An item's version must not be negative.");
  item.version = UnixMicros{micros};
  COMITY_TRY(item.revoked, reader.read_bool());
  return item;
}

/// By sorting, not hashing: whoever chooses the ids can't make it slow.
Result<void> check_repeats(const std::vector<Item>& items) {
  std::vector<std::pair<std::string_view, UnixMicros>> versions;
  versions.reserve(items.size());
  for (const auto& item : items)
    if (!item.hidden()) versions.emplace_back(item.id, item.version);
  std::sort(versions.begin(), versions.end());
  const auto repeated = std::adjacent_find(versions.begin(), versions.end());
  if (repeated == versions.end()) return {};
  return refuse("manifest-repeats", "The manifest holds the same version of " +
                                        std::string(repeated->first) + " twice; file it once.");
}

/// Like `parse_manifest`, with the CBOR reader's own codes.
Result<std::vector<Item>> parse_manifest_form(ByteView bytes) {
  codec::CborReader reader(bytes);
  COMITY_CHECK(reader.read_array(kManifestMembers));
  COMITY_TRY(const auto version, reader.read_uint());
  if (version != kManifestVersion) return malformed_manifest("Its version must be 1.");
  COMITY_TRY(const auto count, reader.read_array());
  if (count == 0) return malformed_manifest("It must hold at least one item.");
  if (count > limits::kItems)
    return refuse("manifest-too-large",
                  "The manifest holds more than 65,536 items; split the filing into several.");
  std::vector<Item> items;
  items.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    COMITY_TRY(const auto item, read_item(reader));
    items.push_back(item);
  }
  COMITY_CHECK(reader.end());
  return items;
}

}  // namespace

Result<std::vector<Item>> parse_manifest(ByteView bytes) {
  auto items = parse_manifest_form(bytes);
  if (!items) {
    if (items.error().code().starts_with("cbor-"))
      return malformed_manifest(items.error().sentence());
    return items;
  }
  COMITY_CHECK(check_repeats(*items));
  return items;
}

Bytes write_manifest(const std::vector<Item>& items) {
  constexpr std::size_t kHeads = 16;
  constexpr std::size_t kItemBytes = 128;
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.reserve(kHeads + kItemBytes * items.size());
  writer.write_array(kManifestMembers);
  writer.write_uint(kManifestVersion);
  writer.write_array(items.size());
  for (const auto& item : items) {
    writer.write_array(item.hidden() ? kHiddenMembers : kPublicMembers);
    writer.write_bytes(item.digest.view());
    if (item.hidden()) continue;
    writer.write_text(item.id);
    writer.write_int(count(item.version));
    writer.write_bool(item.revoked);
  }
  return bytes;
}

ContentDigest digest_content(ByteView salt, ByteView content) {
  return crypto::digest_of<ContentTag>({salt, content});
}

}  // namespace comity::filing
