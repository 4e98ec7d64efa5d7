#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"

namespace comity::filing {

struct ContentTag;
/// SHA-256(salt || content): says nothing about the content.
using ContentDigest = Digest<ContentTag>;
struct ManifestTag;
/// SHA-256 of the manifest: the payload of the statement.
using ManifestDigest = Digest<ManifestTag>;

inline constexpr std::size_t kSaltBytes = 16;

/// One line of a manifest: `docs/formats/manifest.md`. `id` is empty for a hidden item.
struct Item {
  ContentDigest digest;
  std::string_view id;
  UnixMicros version{};
  bool revoked = false;

  [[nodiscard]] bool hidden() const { return id.empty(); }
};

/// The items of a manifest; views point into `bytes`. Refuses `manifest-malformed`,
/// `manifest-too-large`, and `manifest-repeats` for the same (id, version) twice.
[[nodiscard]] Result<std::vector<Item>> parse_manifest(ByteView bytes);

[[nodiscard]] Bytes write_manifest(const std::vector<Item>& items);

[[nodiscard]] ContentDigest digest_content(ByteView salt, ByteView content);

}  // namespace comity::filing
