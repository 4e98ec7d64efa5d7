#include "query/content_runs.h"

#include <algorithm>

#include <fmt/format.h>

#include "filing/hidden_content.h"

namespace comity::query {
namespace {

using log::IndexRow;
using log::PartPlace;
using log::RecordPlan;

constexpr std::uint64_t kRowsAhead = 128;
/// Records up to this size are read whole, larger ones part by part.
constexpr std::uint64_t kSmallRecord = std::uint64_t{64} << 10;
constexpr std::uint64_t kPieceBytes = std::uint64_t{512} << 10;
/// A plan of the largest filing has 0.8 MB.
constexpr std::size_t kPlans = 16;

std::unexpected<Error> missing(const PublishedItem& item) {
  return refuse("log-record-missing",
                fmt::format("The segments lack item {} of entry {}; see `comity audit`.",
                            item.place.ordinal, item.place.entry));
}

/// JSON has no NUL, so zeros in its place were erased.
bool is_erased(ByteView content) { return content.empty() || content.front() == std::byte{0}; }

}  // namespace

/// The rows, plans and pieces that are kept stay true: what is committed stays where it is.
Result<void> ContentRuns::follow(crypto::TreeSize size) {
  if (reader_ && size == size_) return {};
  COMITY_TRY(reader_, log::SegmentReader::open(*files_, log::SegmentKind::visible, size));
  size_ = size;
  return {};
}

Result<void> ContentRuns::load_rows(std::uint64_t position) {
  COMITY_TRY(rows_, reader_->rows(position, kRowsAhead));
  position_ = position;
  return {};
}

Result<IndexRow> ContentRuns::row_of(std::uint64_t entry) {
  const auto find = [&] { return std::ranges::lower_bound(rows_, entry, {}, &IndexRow::entry); };
  const auto covers = [&] {
    return !rows_.empty() && rows_.front().entry <= entry && entry <= rows_.back().entry;
  };
  if (!covers() && !rows_.empty() && rows_.back().entry < entry)
    COMITY_CHECK(load_rows(position_ + rows_.size()));  // a feed goes on where it was
  if (!covers()) {
    COMITY_TRY(const auto position, reader_->position_of(entry));
    COMITY_CHECK(load_rows(position));
  }
  const auto row = find();
  if (row == rows_.end() || row->entry != entry) return missing({.place = {.entry = entry}});
  return *row;
}

Result<const RecordPlan*> ContentRuns::plan_of(const IndexRow& row) {
  const auto known =
      std::ranges::find(plans_, row.entry, [](const RecordPlan& plan) { return plan.head.entry; });
  if (known != plans_.end()) {
    plans_.splice(plans_.begin(), plans_, known);
    return &plans_.front();
  }
  const std::uint64_t offset = row.offset - piece_.offset;
  const bool in_piece = row.segment == piece_.segment && row.offset >= piece_.offset &&
                        offset + row.size <= piece_.bytes.size();
  if (in_piece) {
    auto plan = log::parse_record_plan(ByteView(piece_.bytes).subspan(offset, row.size));
    if (plan && plan->head.entry == row.entry && plan->size == row.size)
      plans_.push_front(std::move(*plan));
  }
  if (plans_.empty() || plans_.front().head.entry != row.entry) {
    COMITY_TRY(auto plan, reader_->read_plan(row));
    plans_.push_front(std::move(plan));
  }
  if (plans_.size() > kPlans) plans_.pop_back();
  return &plans_.front();
}

/// Whole small records, as far as the items need them.
Result<std::size_t> ContentRuns::load_records(std::span<const PublishedItem> items,
                                              const IndexRow& first) {
  std::uint64_t end = first.offset + first.size;
  std::size_t served = 0;
  for (; served < items.size(); ++served) {
    if (served > 0 && items[served].place.entry == items[served - 1].place.entry) continue;
    // What is beyond the rows at hand is for the next piece.
    if (rows_.empty() || items[served].place.entry > rows_.back().entry) break;
    COMITY_TRY(const IndexRow row, row_of(items[served].place.entry));
    if (row.segment != first.segment || row.size > kSmallRecord ||
        row.offset + row.size - first.offset > kPieceBytes)
      break;
    end = row.offset + row.size;
  }
  COMITY_TRY(piece_.bytes, reader_->read_bytes(first, 0, end - first.offset));
  piece_.segment = first.segment;
  piece_.offset = first.offset;
  return served;
}

/// Parts of one large record, from that of the first item on.
Result<std::size_t> ContentRuns::load_parts(std::span<const PublishedItem> items,
                                            const IndexRow& row) {
  COMITY_TRY(const auto* plan, plan_of(row));
  const PartPlace* first = plan->find(items.front().place.ordinal);
  if (first == nullptr) return missing(items.front());
  std::uint64_t end = first->offset;
  std::size_t served = 0;
  for (; served < items.size() && items[served].place.entry == row.entry; ++served) {
    const PartPlace* part = plan->find(items[served].place.ordinal);
    if (part == nullptr) return missing(items[served]);
    const std::uint64_t behind = part->offset + filing::kSaltBytes + part->size;
    if (served > 0 && behind - first->offset > kPieceBytes) break;
    end = behind;
  }
  COMITY_TRY(piece_.bytes, reader_->read_bytes(row, first->offset, end - first->offset));
  piece_.segment = row.segment;
  piece_.offset = row.offset + first->offset;
  return served;
}

Result<std::size_t> ContentRuns::load(std::span<const PublishedItem> items) {
  COMITY_TRY(const IndexRow row, row_of(items.front().place.entry));
  return row.size <= kSmallRecord ? load_records(items, row) : load_parts(items, row);
}

Result<ByteView> ContentRuns::content_of(const PublishedItem& item) {
  COMITY_TRY(const IndexRow row, row_of(item.place.entry));
  COMITY_TRY(const auto* plan, plan_of(row));
  const PartPlace* part = plan->find(item.place.ordinal);
  if (part == nullptr) return missing(item);
  const std::uint64_t offset = row.offset + part->offset + filing::kSaltBytes - piece_.offset;
  COMITY_ASSERT(offset + part->size <= piece_.bytes.size());
  return ByteView(piece_.bytes).subspan(offset, part->size);
}

Result<void> ContentRuns::read(std::span<const PublishedItem> items, crypto::TreeSize size,
                               const Visit& visit) {
  COMITY_CHECK(follow(size));
  std::size_t next = 0;
  while (next < items.size()) {
    COMITY_TRY(const std::size_t served, load(items.subspan(next)));
    for (const std::size_t end = next + served; next < end; ++next) {
      COMITY_TRY(ByteView object, content_of(items[next]));
      if (is_erased(object)) continue;
      if (items[next].disclosed) {
        COMITY_TRY(const auto opened, filing::parse_hidden(object));
        object = opened.object;
      }
      if (!visit(next, object)) return {};
    }
  }
  return {};
}

}  // namespace comity::query
