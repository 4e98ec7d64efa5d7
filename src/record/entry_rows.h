#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "record/changes.h"
#include "record/store.h"
#include "record/texts.h"

namespace comity::record {

/// What entries put into the record's tables, all its own, so that it may be written when the
/// entries are gone, and on another thread.
class EntryRows {
 public:
  /// A version of an object, whose rows follow those of the object before it.
  void add(const FoldedItem& item, const ObjectRows& object, const filing::ItemPlace& place,
           std::string_view party, std::string_view creator);
  void add(const EntryRow& entry);
  void add(const rules::Changes& changes, std::uint64_t entry);
  /// D(size): milestone.h.
  void add_milestone(std::uint64_t size, const RecordDigest& digest) {
    milestones_.emplace_back(size, digest);
  }

  [[nodiscard]] bool empty() const { return objects_.empty() && entries_.empty(); }
  /// About how much memory it takes, in bytes.
  [[nodiscard]] std::size_t size() const;

  Result<void> write(Store& store) const;

 private:
  struct Object {
    std::string_view id;
    std::string_view party;
    std::string_view kind;
    StoredVersion version;  ///< object and party are not numbered yet
    std::size_t rows_end = 0;
    std::optional<IndexedText> text;
  };
  Value keep(const Value& value);

  Texts texts_;
  std::size_t indexed_ = 0;  // bytes of full text
  Rows rows_;
  std::vector<Object> objects_;
  std::vector<EntryRow> entries_;
  std::vector<std::pair<rules::Party, std::uint64_t>> parties_;
  std::vector<rules::Key> keys_;
  std::vector<std::pair<std::uint64_t, RecordDigest>> milestones_;
};

}  // namespace comity::record
