#include "audit/bundle_reader.h"

#include <utility>

namespace comity::audit {

BundleReader::BundleReader(const Files& files, const crypto::TreeHead& head, bool with_hidden,
                           Report& report)
    : log_(files, head), report_(&report) {
  open(files, log::SegmentKind::visible, visible_);
  if (with_hidden) open(files, log::SegmentKind::hidden, hidden_);
}

void BundleReader::open(const Files& files, log::SegmentKind kind, Source& source) {
  auto reader = log::SegmentReader::open(files, kind, log_.head().size);
  if (!reader) return;  // audit_segments has reported it
  source.reader.emplace(*reader);
  seek(source, 0);
}

void BundleReader::seek(Source& source, std::uint64_t entry) {
  source.cursor.reset();
  if (!source.reader) return;
  auto cursor = log::SegmentCursor::open(*source.reader, entry);
  if (!cursor) return report_->add(cursor.error());
  source.cursor.emplace(std::move(*cursor));
}

bool BundleReader::read(Source& source, std::uint64_t entry,
                        std::optional<log::StoredRecord>& record) {
  if (!source.cursor) return true;
  auto taken = source.cursor->take(entry);
  if (taken) {
    record = std::move(*taken);
    return true;
  }
  report_->add(taken.error(), entry);
  seek(source, entry + 1);
  return false;
}

std::optional<BundleReader::Next> BundleReader::next() {
  if (next_ >= log_.size()) return std::nullopt;
  Next next;
  next.audited.index = next_ / log::kTileWidth;
  auto run = log_.read_run(next_);
  if (!run) {
    report_->add(run.error());
    next.damaged = true;
    next_ = (next.audited.index + 1) * log::kTileWidth;
    seek(visible_, next_);
    seek(hidden_, next_);
    return next;
  }
  for (std::size_t i = 0; i < run->entries.size(); ++i) {
    AuditedEntry entry;
    entry.stored.index = run->first + i;
    entry.stored.entry = to_bytes(run->entries[i]);
    if (!read(visible_, entry.stored.index, entry.stored.visible)) next.damaged = true;
    if (!read(hidden_, entry.stored.index, entry.stored.hidden)) next.damaged = true;
    next.audited.entries.push_back(std::move(entry));
  }
  next_ += run->entries.size();
  return next;
}

}  // namespace comity::audit
