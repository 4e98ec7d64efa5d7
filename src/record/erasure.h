#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "filing/control.h"
#include "log/stored_entry.h"
#include "record/changes.h"

namespace comity::record {

/// Reads an entry, with what the segments hold for it, of the log that is being folded.
using ReadEntry = std::function<Result<log::StoredEntry>(std::uint64_t)>;

/// An admitted entry, read again for what an erasure leaves of it. `stored` must outlive it.
class EntryAgain {
 public:
  /// A fault where the entry can't be read any more: it could when it was admitted.
  [[nodiscard]] static Result<EntryAgain> of(const log::StoredEntry& stored);

  [[nodiscard]] std::string_view issuer() const { return statement_.issuer; }
  /// The public item's STIX id, of a filing or of what a control statement discloses; empty where
  /// there is none.
  [[nodiscard]] std::string id_of(std::uint64_t ordinal) const;
  /// REQUIRES: the entry is a filing with such an item.
  [[nodiscard]] filing::ContentDigest digest_of(std::uint64_t ordinal) const;

  /// C(n) without the content of the erased items.
  Result<Bytes> changes(ChangesWriter& writer, UnixSeconds time, ByteView governance,
                        std::span<const std::uint64_t> erased, const ReadEntry& read) const;

 private:
  explicit EntryAgain(const log::StoredEntry& stored) : stored_(&stored) {}
  [[nodiscard]] ByteView content_of(std::uint64_t ordinal,
                                    std::span<const std::uint64_t> erased) const;

  const log::StoredEntry* stored_;
  filing::Statement statement_;
  std::vector<filing::Item> items_;  // of a filing
  filing::Control control_;          // of a control statement
};

/// What a control statement discloses: whose it is and its digest, its content not yet set.
struct DisclosedItem {
  std::string party;
  FoldedItem item;
};
[[nodiscard]] Result<DisclosedItem> disclosed_item(const filing::Disclose& disclose,
                                                   const ReadEntry& read);

}  // namespace comity::record
