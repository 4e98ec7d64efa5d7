#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/files.h"
#include "log/segment_reader.h"

#include "query/published.h"

namespace comity::query {

/// The bytes of many objects, read from the log's segments. Objects that lie near one another are
/// read at once, so that a page of a feed costs a few reads, whether its objects came in one filing
/// or in as many. One thread; `files` must outlive it.
class ContentRuns {
 public:
  /// Takes the object of items[i], whose bytes live until it returns; false ends the reading.
  using Visit = std::function<bool(std::size_t i, ByteView object)>;

  explicit ContentRuns(const Files& files) : files_(&files) {}

  /// The objects of the items, which are in the order of the log, as they were filed. Left out are
  /// those that were erased since the items were found. `size` is that of the record in which they
  /// were. Refuses `log-record-missing` where the segments lack one, and as log::SegmentReader.
  Result<void> read(std::span<const PublishedItem> items, crypto::TreeSize size,
                    const Visit& visit);

 private:
  /// A piece of a segment with whole parts of records.
  struct Piece {
    std::uint32_t segment = 0;
    std::uint64_t offset = 0;
    Bytes bytes;
  };

  Result<void> follow(crypto::TreeSize size);
  Result<log::IndexRow> row_of(std::uint64_t entry);
  Result<void> load_rows(std::uint64_t position);
  Result<const log::RecordPlan*> plan_of(const log::IndexRow& row);
  /// How many items one piece serves, and that piece.
  Result<std::size_t> load(std::span<const PublishedItem> items);
  Result<std::size_t> load_records(std::span<const PublishedItem> items, const log::IndexRow& row);
  Result<std::size_t> load_parts(std::span<const PublishedItem> items, const log::IndexRow& row);
  Result<ByteView> content_of(const PublishedItem& item);

  const Files* files_;
  std::optional<log::SegmentReader> reader_;
  crypto::TreeSize size_{};
  std::vector<log::IndexRow> rows_;  // read ahead
  std::uint64_t position_ = 0;       // of the first of rows_
  Piece piece_;
  std::list<log::RecordPlan> plans_;  // of the records read last, the last first
};

}  // namespace comity::query
