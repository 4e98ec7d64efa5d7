#include "log/segment_writer.h"

#include <fmt/format.h>

#include "filing/manifest.h"
#include "log/segment_reader.h"

namespace comity::log {
namespace {

/// Cuts the file if it is longer.
Result<void> cut_back(Files& files, const std::string& path, std::uint64_t to) {
  COMITY_TRY(const auto size, files.size(path));
  if (size.value_or(0) <= to) return {};
  return files.append(path, to, {});
}

/// Removes the segments after the last one of the log.
Result<void> remove_later(Files& files, SegmentKind kind, std::uint32_t last) {
  const std::string directory = segment_directory(kind);
  COMITY_TRY(const auto names, files.list(directory));
  for (const std::string& name : names) {
    const std::string path = fmt::format("{}/{}", directory, name);
    const auto segment = parse_segment_path(path);
    if (segment && segment->number > last) COMITY_CHECK(files.remove(path));
  }
  return {};
}

/// Gives whether the record holds the part.
Result<bool> erase_in(Files& files, SegmentKind kind, crypto::TreeSize size,
                      const filing::ItemPlace& place) {
  COMITY_TRY(const auto reader, SegmentReader::open(files, kind, size));
  COMITY_TRY(const auto row, reader.find(place.entry));
  if (!row) return false;
  COMITY_TRY(const auto plan, reader.read_plan(*row));
  const PartPlace* part = plan.find(place.ordinal);
  if (part == nullptr) return false;
  const Bytes zeros(filing::kSaltBytes + part->size);
  const std::string path = path_of(SegmentId{.kind = kind, .number = row->segment});
  COMITY_CHECK(files.overwrite(path, row->offset + part->offset, zeros));
  return true;
}

}  // namespace

Result<SegmentWriter> SegmentWriter::open(Files& files, SegmentKind kind, crypto::TreeSize size,
                                          std::uint64_t limit) {
  SegmentWriter writer(kind, limit);
  COMITY_TRY(const auto reader, SegmentReader::open(files, kind, size));
  if (reader.records() > 0) {
    COMITY_TRY(const IndexRow last, reader.row(reader.records() - 1));
    writer.next_entry_ = last.entry + 1;
    writer.segment_ = last.segment;
    writer.end_ = last.offset + last.size;
  }
  writer.index_end_ = reader.records() * kIndexRow;
  COMITY_CHECK(cut_back(files, index_path(kind), writer.index_end_));
  const std::string path = path_of(SegmentId{.kind = kind, .number = writer.segment_});
  COMITY_CHECK(cut_back(files, path, writer.end_));
  COMITY_CHECK(remove_later(files, kind, writer.segment_));
  return writer;
}

void SegmentWriter::add(std::uint64_t entry, ByteView manifest,
                        std::span<const rules::Part> parts) {
  COMITY_ASSERT(entry >= next_entry_);
  next_entry_ = entry + 1;
  const std::uint64_t size = record_size(manifest, parts);
  const bool is_full = end_ > 0 && end_ + size > limit_;
  if (is_full) {
    ++segment_;
    end_ = 0;
  }
  if (extensions_.empty() || is_full)
    extensions_.push_back({.segment = segment_, .offset = end_, .bytes = {}});
  append_record(extensions_.back().bytes, entry, manifest, parts);
  append_row(rows_, {.entry = entry,
                     .segment = segment_,
                     .offset = end_,
                     .size = static_cast<std::uint32_t>(size)});
  end_ += size;
}

Result<void> SegmentWriter::write(Files& files) {
  if (extensions_.empty()) return {};
  for (const Extension& extension : extensions_) {
    const std::string path = path_of(SegmentId{.kind = kind_, .number = extension.segment});
    COMITY_CHECK(files.append(path, extension.offset, extension.bytes));
  }
  extensions_.clear();
  COMITY_CHECK(files.append(index_path(kind_), index_end_, rows_));
  index_end_ += rows_.size();
  rows_.clear();
  return {};
}

Result<unsigned> erase(Files& files, crypto::TreeSize size, const filing::ItemPlace& place) {
  unsigned erased = 0;
  for (const SegmentKind kind : {SegmentKind::visible, SegmentKind::hidden}) {
    COMITY_TRY(const bool found, erase_in(files, kind, size, place));
    erased += found ? 1 : 0;
  }
  return erased;
}

}  // namespace comity::log
