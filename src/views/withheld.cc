#include "views/withheld.h"

#include <algorithm>

#include "log/segment_reader.h"

namespace comity::views {
namespace {

struct Place {
  std::uint32_t segment = 0;
  ByteRange range;
};

/// Where salt and content lie; nothing where no public record has them.
Result<std::optional<Place>> place_of(const log::HeldItem& item,
                                      const log::SegmentReader& segments) {
  COMITY_TRY(const auto row, segments.find(item.entry));
  if (!row) return std::nullopt;
  COMITY_TRY(const auto plan, segments.read_plan(*row));
  const log::PartPlace* part = plan.find(item.item.ordinal);
  if (part == nullptr) return std::nullopt;
  const std::uint64_t begin = row->offset + part->offset;
  return Place{row->segment, {begin, begin + filing::kSaltBytes + part->size}};
}

}  // namespace

Result<std::vector<ByteRange>> Withheld::in_segment(std::uint32_t segment, crypto::TreeSize size) {
  const std::scoped_lock lock(mutex_);
  COMITY_TRY(auto items, held_.read());
  // What stands behind that size is not given out anyway, and is looked for once it may be.
  std::erase_if(items, [&](const auto& item) { return item.entry >= crypto::count(size); });
  if (items != found_) {
    COMITY_CHECK(find(items, size));
    found_ = std::move(items);
  }
  const auto found = ranges_.find(segment);
  return found == ranges_.end() ? std::vector<ByteRange>{} : found->second;
}

Result<void> Withheld::find(const std::vector<log::HeldItem>& items, crypto::TreeSize size) {
  COMITY_TRY(const auto segments,
             log::SegmentReader::open(*files_, log::SegmentKind::visible, size));
  std::map<std::uint32_t, std::vector<ByteRange>> ranges;
  for (const auto& item : items) {
    COMITY_TRY(const auto place, place_of(item, segments));
    if (place) ranges[place->segment].push_back(place->range);
  }
  for (auto& [segment, list] : ranges) std::ranges::sort(list, {}, &ByteRange::begin);
  ranges_ = std::move(ranges);
  return {};
}

}  // namespace comity::views
