#pragma once

#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::filing {

/// A hidden item's content: who may read it, and the object. `docs/formats/manifest.md`.
struct HiddenContent {
  std::vector<std::string_view> readers;  ///< party ids, ascending; empty = every admitted party
  ByteView object;
};

/// Views point into `content`. Refuses `hidden-malformed`; the object itself is not read.
[[nodiscard]] Result<HiddenContent> parse_hidden(ByteView content);
/// The inverse. REQUIRES: the readers are as `parse_hidden` demands.
[[nodiscard]] Bytes write_hidden(const HiddenContent& content);

}  // namespace comity::filing
