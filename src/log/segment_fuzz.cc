// Records end to end, and rows end to end, each kind by itself: whatever parses as a record is
// written again to the same bytes, and its plan says where its parts lie; any row is written again
// to the same bytes. Segments with their index are read in segment_reader_fuzz.cc.

#include "log/segment.h"

#include "tests/fuzz_target.h"

COMITY_FUZZ_TARGET(log_segment_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView input(reinterpret_cast<const std::byte*>(data), size);
  for (ByteView rest = input; rest.size() >= log::kRecordHead;) {
    const auto plan = log::parse_record_plan(rest);
    if (!plan || plan->size > rest.size()) break;
    const ByteView bytes = rest.first(plan->size);
    const auto record = log::parse_record(bytes);
    COMITY_ASSERT(record.has_value());
    COMITY_ASSERT(log::record_size(record->manifest, record->parts) == bytes.size());
    Bytes again;
    log::append_record(again, record->entry, record->manifest, record->parts);
    COMITY_ASSERT(equal(again, bytes));
    for (const auto& part : record->parts) {
      const auto* place = plan->find(part.ordinal);
      COMITY_ASSERT(place != nullptr && bytes.data() + place->offset == part.salt.data());
      (void)log::is_erased(part);
    }
    rest = rest.subspan(bytes.size());
  }
  for (ByteView rest = input; rest.size() >= log::kIndexRow; rest = rest.subspan(log::kIndexRow)) {
    Bytes again;
    log::append_row(again, log::parse_row(rest.first(log::kIndexRow)));
    COMITY_ASSERT(equal(again, rest.first(log::kIndexRow)));
  }
  return 0;
}
