#include "audit/segment_audit.h"

#include <fmt/format.h>

#include "log/segment.h"
#include "log/segment_reader.h"

namespace comity::audit {
namespace {

constexpr std::uint64_t kRowsAtOnce = 4096;

/// Where the next record must lie, as the rows are walked.
class Walk {
 public:
  Walk(log::SegmentKind kind, Report& report) : kind_(kind), report_(&report) {}

  /// False where the rows can no longer be followed.
  bool step(const log::IndexRow& row) {
    const bool ascends = !last_ || row.entry > *last_;
    const bool follows = row.segment == segment_ && row.offset == end_;
    const bool begins = last_ && row.segment == segment_ + 1 && row.offset == 0 &&
                        end_ + row.size > log::kSegmentBytes;
    if (!ascends || (!follows && !begins)) {
      report_->add({"segment-damaged",
                    fmt::format("{}: the row of entry {} does not follow the one before it; the "
                                "index was altered. Restore it from a mirror.",
                                log::index_path(kind_), row.entry),
                    row.entry});
      return false;
    }
    last_ = row.entry;
    segment_ = row.segment;
    end_ = row.offset + row.size;
    return true;
  }

  [[nodiscard]] std::uint32_t segment() const { return segment_; }
  [[nodiscard]] std::optional<std::uint64_t> last() const { return last_; }

 private:
  log::SegmentKind kind_;
  Report* report_;
  std::optional<std::uint64_t> last_;
  std::uint32_t segment_ = 0;
  std::uint64_t end_ = 0;
};

/// Files in the directory that no row speaks of. One behind the last is the remains of a batch that
/// was not committed.
void audit_names(const Files& files, log::SegmentKind kind, std::uint32_t last, Report& report) {
  const std::string directory = log::segment_directory(kind);
  const auto names = files.list(directory);
  if (!names) return report.add(names.error());
  for (const std::string& name : *names) {
    const std::string path = fmt::format("{}/{}", directory, name);
    if (path == log::index_path(kind)) continue;
    const auto id = log::parse_segment_path(path);
    if (!id || id->number > last + 1)
      report.add({"segment-unexpected", path + " belongs to no entry; remove it.", std::nullopt});
  }
}

/// The reader ends where a row names no record, since behind the checkpoint's size rows may be
/// torn. But a row that goes on within that size was committed, so its record was damaged or taken
/// away.
void audit_end(const Files& files, const log::SegmentReader& reader, const Walk& walk,
               const crypto::TreeHead& head, Report& report) {
  const auto bytes = files.read_range(log::index_path(reader.kind()),
                                      reader.records() * log::kIndexRow, log::kIndexRow);
  if (!bytes) return report.add(bytes.error());
  if (!*bytes) return;
  const log::IndexRow row = log::parse_row(**bytes);
  const bool goes_on = walk.last() ? row.entry > *walk.last()
                                   : row.entry > 0 || reader.kind() == log::SegmentKind::visible;
  if (!goes_on || row.entry >= crypto::count(head.size)) return;
  const std::string path =
      log::path_of(log::SegmentId{.kind = reader.kind(), .number = row.segment % log::kSegmentEnd});
  report.add({"segment-damaged",
              fmt::format("{} does not hold, at offset {}, the record of entry {} that the index "
                          "names; it was altered or taken away. Restore it from a mirror.",
                          path, row.offset, row.entry),
              row.entry});
}

}  // namespace

void audit_segments(const Files& files, const crypto::TreeHead& head, log::SegmentKind kind,
                    Report& report) {
  const auto reader = log::SegmentReader::open(files, kind, head.size);
  if (!reader) return report.add(reader.error());
  Walk walk(kind, report);
  for (std::uint64_t first = 0; first < reader->records(); first += kRowsAtOnce) {
    const auto rows = reader->rows(first, kRowsAtOnce);
    if (!rows) return report.add(rows.error());
    for (const log::IndexRow& row : *rows)
      if (!walk.step(row)) return;
  }
  audit_end(files, *reader, walk, head, report);
  audit_names(files, kind, walk.segment(), report);
}

}  // namespace comity::audit
