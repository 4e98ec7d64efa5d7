#include "query/readers.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fmt/format.h>

namespace comity::query {
namespace {

/// As many as threads may ask at once, on any machine that is likely; others are opened anew.
constexpr std::size_t kIdle = 64;
/// An export reads the record once, in its order, and gains nothing from more.
constexpr unsigned kExportCacheKib = 2048;

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

Result<void> Readers::check_size(const Reader& reader, std::uint64_t required) {
  const std::uint64_t size = reader.snapshot.stamp().size;
  if (size >= required) return {};
  return refuse("record-behind",
                fmt::format("The record is being brought up to the log: {} of {} entries are "
                            "folded. Ask again after a pause.",
                            size, required));
}

Result<Readers::Lease> Readers::take() {
  const std::uint64_t before = required();
  COMITY_TRY(auto reader, take_any());
  COMITY_CHECK(check_size(*reader, before));
  return reader;
}

void Readers::require(std::uint64_t size) {
  const std::lock_guard lock(mutex_);
  required_ = std::max(required_, size);
}

std::uint64_t Readers::required() const {
  const std::lock_guard lock(mutex_);
  return required_;
}

Result<Readers::Lease> Readers::take_any() {
  if (auto reader = take_idle()) {
    restart(*reader);
    COMITY_TRY(const bool has_moved, reader->snapshot.database().has_moved());
    if (!has_moved) {
      COMITY_CHECK(reader->snapshot.refresh());
      return Lease(*this, std::move(reader));
    }
    // The record was made anew. Those that are as old would also keep the old one's bytes.
    drop_idle();
  }
  COMITY_TRY(auto reader, open(Snapshot::kCacheKib));
  return Lease(*this, std::move(reader));
}

Result<void> Readers::begin_export(const std::string& client) {
  const std::lock_guard lock(mutex_);
  if (exports_.size() >= limits_.exports)
    return fail("as many exports as may are under way", EAGAIN);
  if (std::cmp_greater_equal(std::ranges::count(exports_, client), limits_.exports_per_client))
    return refuse(
        "too-many-requests",
        "As many exports as one address may have are under way to this one; ask again when "
        "one of them has ended.");
  exports_.push_back(client);
  return {};
}

void Readers::end_export(const std::string& client) {
  const std::lock_guard lock(mutex_);
  exports_.erase(std::ranges::find(exports_, client));
}

Result<Readers::Lease> Readers::take_for_export(const std::string& client) {
  const std::uint64_t before = required();
  COMITY_CHECK(begin_export(client));
  auto reader = open(kExportCacheKib);
  if (!reader) {
    end_export(client);
    return std::unexpected(std::move(reader).error());
  }
  (*reader)->exports_to = client;
  Lease lease(*this, std::move(*reader));
  COMITY_CHECK(check_size(*lease, before));
  return lease;
}

Result<std::unique_ptr<Reader>> Readers::open(unsigned cache_kib) {
  COMITY_TRY(auto snapshot, Snapshot::open(record_, cache_kib));
  auto reader = std::make_unique<Reader>(std::move(snapshot), *files_, limits_.window);
  restart(*reader);
  reader->snapshot.stop_when(
      [this, asked = reader.get()] { return stopped_ || Reader::Clock::now() >= asked->end; });
  return reader;
}

void Readers::give_back(std::unique_ptr<Reader> reader) {
  if (const auto client = reader->exports_to) {
    reader.reset();
    end_export(*client);
    return;
  }
  if (!reader->snapshot.let_go()) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdle) idle_.push_back(std::move(reader));
}

}  // namespace comity::query
