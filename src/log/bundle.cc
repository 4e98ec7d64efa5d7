#include "log/bundle.h"

#include <fmt/format.h>

namespace comity::log {
namespace {

std::unexpected<Error> malformed_bundle() {
  return refuse("bundle-malformed",
                "The bundle is not exactly so many entries, each after its length in two bytes.");
}

std::unexpected<Error> damaged_bundle(const std::string& path) {
  return refuse("bundle-damaged",
                fmt::format("{} is not a bundle of its width; restore it from a mirror.", path));
}

/// Nothing where the file is missing.
Result<std::optional<EntryRun>> read_bundle_file(const Files& files, const BundleId& bundle) {
  const std::string path = path_of(bundle);
  auto bytes = files.read(path, kBundleBytes);
  if (!bytes && bytes.error().refusal() != nullptr) return damaged_bundle(path);
  COMITY_CHECK(bytes);
  if (!*bytes) return std::nullopt;
  EntryRun run;
  run.first = bundle.index * kTileWidth;
  run.bytes = std::move(**bytes);
  auto entries = parse_bundle(run.bytes, bundle.width);
  if (!entries) return damaged_bundle(path);
  run.entries = std::move(*entries);
  return run;
}

}  // namespace

void append_entry(Bytes& bundle, ByteView entry) {
  COMITY_ASSERT(entry.size() <= kEntryBytes);
  append_big_endian(bundle, static_cast<std::uint16_t>(entry.size()));
  append(bundle, entry);
}

Result<std::vector<ByteView>> parse_bundle(ByteView bytes, unsigned width) {
  std::vector<ByteView> entries;
  for (unsigned i = 0; i < width; ++i) {
    if (bytes.size() < 2) return malformed_bundle();
    const std::size_t size = big_endian<std::uint16_t>(bytes);
    if (bytes.size() - 2 < size) return malformed_bundle();
    entries.push_back(bytes.subspan(2, size));
    bytes = bytes.subspan(2 + size);
  }
  if (!bytes.empty()) return malformed_bundle();
  return entries;
}

Result<EntryRun> read_bundle(const Files& files, const BundleId& bundle) {
  COMITY_TRY(auto run, read_bundle_file(files, bundle));
  if (!run && !bundle.full()) {
    COMITY_TRY(run, read_bundle_file(files, BundleId{.index = bundle.index}));
    if (run) run->entries.resize(bundle.width);
  }
  if (run) return std::move(*run);
  return refuse("bundle-missing",
                fmt::format("{} is missing; restore it from a mirror.", path_of(bundle)));
}

}  // namespace comity::log
