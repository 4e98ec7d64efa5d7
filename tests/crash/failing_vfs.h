#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

struct sqlite3_vfs;

namespace comity::crash {

/// What ails the disk under SQLite.
enum class Ailment {
  kBroken,  // EIO: no call that asks or changes anything is done
  kFull,    // ENOSPC: no call that may take space is done, and of a write the first half alone
};

/// SQLite's way to the disk while this lives: it does what the default does, and fails when it is
/// told to. Files are read, not mapped, so that each look at a page is a call. Every database that
/// was opened meanwhile must be closed before this goes. One at a time; its files, from all
/// threads.
class FailingVfs {
 public:
  FailingVfs();
  ~FailingVfs();
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;

  /// From now on the disk is so, once `calls` more that this ailment could fail have been done.
  void fail_after(std::uint64_t calls, Ailment ailment);
  /// All is well again.
  void mend();
  /// Whether any call has failed.
  [[nodiscard]] bool has_failed() const { return has_failed_; }

  /// What SQLite calls. Whether this call, which takes space or doesn't, fails.
  enum class Takes { kNothing, kSpace };
  bool fails(Takes takes);
  [[nodiscard]] bool is_full() const { return ailment_ == Ailment::kFull; }
  [[nodiscard]] int error_number() const;
  [[nodiscard]] sqlite3_vfs& real() const { return *real_; }

 private:
  sqlite3_vfs* real_;
  std::unique_ptr<sqlite3_vfs> shim_;
  std::atomic<Ailment> ailment_ = Ailment::kBroken;
  std::atomic<std::int64_t> calls_left_;  // negative once they fail
  std::atomic<bool> has_failed_ = false;
};

}  // namespace comity::crash
