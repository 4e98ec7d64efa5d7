#include "query/readers.h"

#include <cerrno>
#include <utility>

namespace comity::query {
namespace {

/// As many as threads may ask at once, on any machine that is likely; others are opened anew.
constexpr std::size_t kIdle = 64;
/// An export reads the record once, in its order, and gains nothing from more.
constexpr unsigned kExportCacheKib = 2048;

}  // namespace

Result<Readers::Lease> Readers::take() {
  std::unique_ptr<Reader> reader;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      reader = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (reader) {
    restart(*reader);
    COMITY_CHECK(reader->snapshot.refresh());
  } else {
    COMITY_TRY(reader, open(Snapshot::kCacheKib));
  }
  return Lease(*this, std::move(reader));
}

Result<Readers::Lease> Readers::take_for_export() {
  {
    const std::lock_guard lock(mutex_);
    if (exports_ >= limits_.exports) return fail("as many exports as may are under way", EAGAIN);
    ++exports_;
  }
  auto reader = open(kExportCacheKib);
  if (!reader) {
    const std::lock_guard lock(mutex_);
    --exports_;
    return std::unexpected(std::move(reader).error());
  }
  (*reader)->is_for_export = true;
  return Lease(*this, std::move(*reader));
}

Result<std::unique_ptr<Reader>> Readers::open(unsigned cache_kib) {
  COMITY_TRY(auto snapshot, Snapshot::open(record_, cache_kib));
  auto reader = std::make_unique<Reader>(std::move(snapshot), *files_);
  restart(*reader);
  reader->snapshot.stop_when(
      [this, asked = reader.get()] { return stopped_ || Reader::Clock::now() >= asked->end; });
  return reader;
}

void Readers::give_back(std::unique_ptr<Reader> reader) {
  if (reader->is_for_export) {
    reader.reset();
    const std::lock_guard lock(mutex_);
    --exports_;
    return;
  }
  if (!reader->snapshot.let_go()) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdle) idle_.push_back(std::move(reader));
}

}  // namespace comity::query
