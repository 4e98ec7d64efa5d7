#include "record_directory.h"

#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>
#include <utility>

#include <unistd.h>

#include "disk_file.h"
#include "progress.h"

namespace comity::cli {
namespace {

constexpr std::chrono::milliseconds kLook{50};

/// Whether nothing is left to fold.
using IsEnough = std::function<bool()>;

/// Waits as long as another program folds there, or until that is enough: then there is no lock.
Result<std::unique_ptr<FileLock>> wait_for_lock(const std::string& directory,
                                                const IsEnough& is_enough, const Context& context) {
  COMITY_TRY(const auto files, open_directory(directory));
  Progress progress("waiting for another program to fold the record", 0, context.progress());
  for (std::uint64_t waited = 0;; ++waited) {
    auto lock = files->lock("lock");
    if (lock || lock.error().code() != "registry-locked") return lock;
    if (is_enough()) return nullptr;
    progress.at(waited * kLook.count() / 1000);
    std::this_thread::sleep_for(kLook);
  }
}

/// Whether the record can lie in the registry's own directory.
bool is_writable(const std::string& registry, const std::string& index) {
  return ::access(index.c_str(), R_OK | W_OK | X_OK) == 0 ||
         (::access(index.c_str(), F_OK) != 0 && ::access(registry.c_str(), W_OK | X_OK) == 0);
}

/// The record of the registry's own directory, where it is folded as far as the checkpoint.
std::optional<query::Snapshot> find_folded(const ReadRegistry& registry) {
  const std::string path = registry.directory + "/index/record.sqlite";
  if (!is_there(path)) return std::nullopt;
  auto snapshot = query::Snapshot::open(path);
  if (!snapshot || snapshot->stamp().size < registry.size()) return std::nullopt;
  return std::move(*snapshot);
}

/// As hold_record; without a lock where another program has folded enough.
Result<HeldRecord> hold_unless(const ReadRegistry& registry, const IsEnough& is_enough,
                               const Context& context) {
  HeldRecord held;
  std::string directory = registry.directory + "/index";
  if (!is_writable(registry.directory, directory)) {
    COMITY_TRY(auto scratch, ScratchDirectory::make());
    held.scratch.emplace(std::move(scratch));
    directory = held.scratch->path();
    if (!context.quiet)
      std::fprintf(stderr,
                   "comity: %s can't be written, so the record is folded for this once in a "
                   "temporary directory.\n",
                   registry.directory.c_str());
  }
  COMITY_TRY(held.lock, wait_for_lock(directory, is_enough, context));
  if (held.lock == nullptr) return held;
  COMITY_TRY(held.follower, record::Follower::open({*registry.files, directory}));
  return held;
}

}  // namespace

Result<void> HeldRecord::catch_up(const ReadRegistry& registry, const Context& context) {
  Progress progress("folding entries into the record", registry.size(), context.progress());
  return follower->catch_up(registry.head(), progress.counter());
}

Result<HeldRecord> hold_record(const ReadRegistry& registry, const Context& context) {
  return hold_unless(registry, [] { return false; }, context);
}

Result<ReadRecord> read_record(const ReadRegistry& registry, const Context& context) {
  // A server holds the record as long as it runs, and folds what is filed at once.
  std::optional<query::Snapshot> folded;
  const auto find = [&] { return (folded = find_folded(registry)).has_value(); };
  COMITY_TRY(auto held, hold_unless(registry, find, context));
  if (folded) return ReadRecord{std::nullopt, std::move(*folded)};
  COMITY_CHECK(held.catch_up(registry, context));
  COMITY_TRY(auto snapshot, query::Snapshot::open(held.follower->path()));
  return ReadRecord{std::move(held.scratch), std::move(snapshot)};
}

}  // namespace comity::cli
