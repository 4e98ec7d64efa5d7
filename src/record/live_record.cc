#include "record/live_record.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace comity::record {

using std::chrono::steady_clock;

LiveRecord::LiveRecord(std::unique_ptr<Follower> follower, CaughtUp caught_up)
    : follower_(std::move(follower)),
      caught_up_(std::move(caught_up)),
      path_(follower_->path()),
      stamp_(follower_->stamp()),
      thread_([this] { run(); }) {}

LiveRecord::~LiveRecord() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  follower_->stop();
  changed_.notify_all();
  thread_.join();
}

void LiveRecord::advance(const crypto::TreeHead& head) {
  {
    const std::scoped_lock lock(mutex_);
    if (head.size <= head_.size) return;
    head_ = head;
    failed_.reset();
  }
  changed_.notify_all();
}

Result<Stamp> LiveRecord::wait_for(std::uint64_t min_size, Instant deadline) const {
  std::unique_lock lock(mutex_);
  const auto decided = [&] { return stamp_.size >= min_size || failed_ || stopping_; };
  changed_.wait_until(lock, deadline, decided);
  if (stamp_.size >= min_size) return stamp_;
  if (failed_) return fail("the record could not be brought up to the log: " + failed_->sentence());
  return fail(fmt::format("the record has {} entries, not yet {}; try again in a second",
                          stamp_.size, min_size));
}

Stamp LiveRecord::stamp() const {
  const std::scoped_lock lock(mutex_);
  return stamp_;
}

bool LiveRecord::is_behind() const {
  if (stopping_) return true;
  return crypto::count(head_.size) > 0 && (head_.root != stamp_.root || !has_caught_up_);
}

std::optional<crypto::TreeHead> LiveRecord::next() {
  std::unique_lock lock(mutex_);
  const auto has_work = [this] { return is_behind(); };
  while (follower_->owes_purge() && !changed_.wait_for(lock, kRetry, has_work)) {
    lock.unlock();
    // What fails is tried again, and told of by the next catch_up.
    [[maybe_unused]] const auto purged = follower_->purge();
    lock.lock();
  }
  changed_.wait(lock, has_work);
  const auto is_time = [this] { return stopping_ || !failed_ || steady_clock::now() >= retry_; };
  while (!is_time()) changed_.wait_until(lock, retry_);
  if (stopping_) return std::nullopt;
  failed_.reset();
  return head_;
}

void LiveRecord::done(const crypto::TreeHead& head, const Result<void>& result) {
  bool is_newest = false;
  {
    const std::scoped_lock lock(mutex_);
    stamp_ = follower_->stamp();
    if (result) has_caught_up_ = true;
    // A longer head than the one that failed is tried at once.
    if (!result && head == head_) {
      failed_ = result.error();
      retry_ = steady_clock::now() + kRetry;
    }
    is_newest = result.has_value() && head == head_ && !stopping_;
  }
  changed_.notify_all();
  if (is_newest && caught_up_) caught_up_(follower_->stamp());
}

void LiveRecord::run() {
  // Readers see each batch as it is committed, so it is announced as it is.
  const auto progress = [this](std::uint64_t) {
    {
      const std::scoped_lock lock(mutex_);
      stamp_ = follower_->stamp();
    }
    changed_.notify_all();
  };
  while (const auto head = next()) done(*head, follower_->catch_up(*head, progress));
}

}  // namespace comity::record
