#include "audit/entry_files.h"

#include <fmt/format.h>

#include "log/segment_reader.h"

namespace comity::audit {
namespace {

/// "segments/public/00000000.seg at byte 512", or "" where the index does not lead to it.
std::string record_place(const Result<log::SegmentReader>& reader, std::uint64_t entry) {
  if (!reader) return {};
  const auto row = reader->find(entry);
  if (!row || !*row || (*row)->segment >= log::kSegmentEnd) return {};
  const log::SegmentId id{.kind = reader->kind(), .number = (*row)->segment};
  return fmt::format("{} at byte {}", log::path_of(id), (*row)->offset);
}

}  // namespace

void name_files(const Files& files, Report& report) {
  const auto size = report.head.size;
  const auto visible = log::SegmentReader::open(files, log::SegmentKind::visible, size);
  const auto hidden = log::SegmentReader::open(files, log::SegmentKind::hidden, size);
  for (Finding& finding : report.findings) {
    if (!finding.entry) continue;
    const auto bundle = log::bundle_at(size, *finding.entry / log::kTileWidth);
    if (bundle) finding.files.push_back(log::path_of(*bundle));
    for (const auto* reader : {&visible, &hidden})
      if (auto place = record_place(*reader, *finding.entry); !place.empty())
        finding.files.push_back(std::move(place));
  }
}

}  // namespace comity::audit
