#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/error.h"
#include "crypto/merkle.h"
#include "record/follower.h"

namespace comity::record {

/// A record that keeps up with a log that grows: a thread folds whenever it is told of a longer
/// head. Nobody waits for it but who asks for what it has not folded yet. Any thread.
///
/// After a failure it tries again when the log grows, and every `kRetry`; so it does as long as
/// readers keep bytes of what was erased in the record's files.
class LiveRecord {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  /// Called on the record's thread whenever it has come to the newest head, the first time also
  /// where it had that head already: where the registrar's server files a digest that is due. Must
  /// not wait for this record.
  using CaughtUp = std::function<void(const Stamp&)>;

  static constexpr std::chrono::milliseconds kRetry{1000};

  /// What the follower reads from must outlive this.
  explicit LiveRecord(std::unique_ptr<Follower> follower, CaughtUp caught_up = {});
  /// Gives up what is under way, and stops.
  ~LiveRecord();
  LiveRecord(const LiveRecord&) = delete;
  LiveRecord& operator=(const LiveRecord&) = delete;

  /// The log has that head now; returns at once. An earlier one than is known changes nothing.
  void advance(const crypto::TreeHead& head);

  /// Waits until a snapshot opened afterwards has at least so many entries. A fault: what has kept
  /// the record from it, or that it is still behind at the deadline.
  [[nodiscard]] Result<Stamp> wait_for(std::uint64_t min_size, Instant deadline) const;

  /// What is folded and visible to readers.
  [[nodiscard]] Stamp stamp() const;
  /// For query::Snapshot::open.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  void run();
  /// Waits for something to do; nothing when it is time to stop.
  std::optional<crypto::TreeHead> next();
  [[nodiscard]] bool is_behind() const;
  void done(const crypto::TreeHead& head, const Result<void>& result);

  std::unique_ptr<Follower> follower_;  // the thread's, but for stop()
  CaughtUp caught_up_;
  std::string path_;

  mutable std::mutex mutex_;  // guards what follows
  mutable std::condition_variable changed_;
  crypto::TreeHead head_;
  Stamp stamp_;
  std::optional<Error> failed_;  // the last attempt at head_, until the next begins
  Instant retry_;
  bool has_caught_up_ = false;  // once, so that the first head is told of in any case
  bool stopping_ = false;

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace comity::record
