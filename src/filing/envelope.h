#pragma once

#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::filing {

/// Salt and content of an item; both empty where they are absent.
struct StoredPart {
  ByteView salt;
  ByteView content;
};

/// A filing taken apart, its form checked, nothing else: `docs/formats/filing.md`. Views point into
/// its bytes, which are walked over once.
struct Envelope {
  ByteView before;  ///< the statement's bytes up to its unprotected header
  ByteView after;   ///< and those behind it
  ByteView manifest;
  std::vector<StoredPart> parts;

  /// The statement: the entry that a log keeps.
  [[nodiscard]] Bytes entry() const;
};

/// Refuses `filing-too-large`, `filing-content-missing` for a bare statement, `filing-malformed`,
/// or what the CBOR reader refuses.
[[nodiscard]] Result<Envelope> parse_envelope(ByteView filing);

/// The inverse. REQUIRES: `entry` is a statement that `parse_statement` takes.
[[nodiscard]] Bytes write_envelope(ByteView entry, ByteView manifest,
                                   std::span<const StoredPart> parts);

}  // namespace comity::filing
