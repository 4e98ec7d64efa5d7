#include "query/readers.h"

namespace comity::query {
namespace {

/// As many as threads may ask at once, on any machine that is likely; others are opened anew.
constexpr std::size_t kIdle = 64;

}  // namespace

std::unique_ptr<Reader> Readers::take_idle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  auto reader = std::move(idle_.back());
  idle_.pop_back();
  return reader;
}

void Readers::drop_idle() {
  std::vector<std::unique_ptr<Reader>> dropped;  // closed without the lock
  const std::lock_guard lock(mutex_);
  dropped.swap(idle_);
}

Result<Readers::Lease> Readers::take() {
  if (auto reader = take_idle()) {
    COMITY_TRY(const bool has_moved, reader->snapshot.database().has_moved());
    if (!has_moved) {
      COMITY_CHECK(reader->snapshot.refresh());
      return Lease(*this, std::move(reader));
    }
    // The record was made anew. Those that are as old would also keep the old one's bytes.
    drop_idle();
  }
  COMITY_TRY(auto snapshot, Snapshot::open(record_));
  return Lease(*this, std::make_unique<Reader>(std::move(snapshot), *files_));
}

void Readers::give_back(std::unique_ptr<Reader> reader) {
  if (!reader->snapshot.let_go()) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdle) idle_.push_back(std::move(reader));
}

}  // namespace comity::query
