#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "codec/json.h"
#include "filing/manifest.h"
#include "record/object_rows.h"
#include "rules/state.h"

/// The canonical changes of an entry, C(n): `docs/formats/record-digest.md`.
namespace comity::record {

/// A public item of an entry as it is folded: its place among the items, and its content, empty
/// where it is hidden or erased.
struct FoldedItem {
  std::uint64_t ordinal = 0;
  filing::ContentDigest digest;
  std::string_view id;
  std::int64_t version = 0;
  bool revoked = false;
  ByteView content;
};

/// Told of each object while its rows live.
class ObjectSink {
 public:
  virtual ~ObjectSink() = default;
  virtual Result<void> take(const FoldedItem& item, const ObjectRows& object,
                            std::string_view creator) = 0;
};

/// Writes the canonical changes of entries. One thread, for its JSON reader.
class ChangesWriter {
 public:
  /// Of a filing; `governance` as `write_governance` gives it. A null sink is told nothing.
  Result<Bytes> filing(UnixSeconds time, std::string_view issuer, std::span<const FoldedItem> items,
                       ByteView governance, ObjectSink* sink);
  /// Of a control statement, with what it discloses: its content is that of the hidden item, the
  /// object inside (filing/hidden_content.h).
  Result<Bytes> control(UnixSeconds time, ByteView payload,
                        const std::optional<FoldedItem>& disclosed, ObjectSink* sink);
  /// Of an entry that is no admissible statement.
  static Bytes refused(UnixSeconds time, std::string_view code);

 private:
  Result<void> write_item(codec::CborWriter& writer, const FoldedItem& item, ObjectSink* sink);

  codec::JsonReader reader_;
};

/// Parties and keys that an entry changes, as an array; one without any is an empty array.
[[nodiscard]] Bytes write_governance(const rules::Changes& changes);

}  // namespace comity::record
