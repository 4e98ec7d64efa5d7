#include "record/row_writer.h"

#include <utility>

namespace comity::record {
namespace {

/// How many bytes may wait: enough that those who admit entries can go on writing the admission
/// state of a batch while its rows are written.
constexpr std::size_t kMostWaiting = std::size_t{64} << 20;

}  // namespace

RowWriter::~RowWriter() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<void> RowWriter::outcome() const {
  if (fault_) return std::unexpected(*fault_);
  return {};
}

Result<void> RowWriter::give(EntryRows rows) {
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_bytes_ < kMostWaiting; });
    COMITY_CHECK(outcome());
    waiting_bytes_ += rows.size();
    waiting_.push_back(std::move(rows));
  }
  changed_.notify_all();
  return {};
}

Result<void> RowWriter::rest() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.empty() && !writing_; });
  return outcome();
}

void RowWriter::drop() {
  std::unique_lock lock(mutex_);
  waiting_.clear();
  waiting_bytes_ = 0;
  changed_.wait(lock, [this] { return !writing_; });
  fault_.reset();
}

void RowWriter::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const EntryRows rows = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= rows.size();
    const bool is_void = fault_.has_value();
    writing_ = true;
    lock.unlock();
    changed_.notify_all();
    auto written = is_void ? Result<void>{} : rows.write(*store_);
    lock.lock();
    writing_ = false;
    if (!written) fault_ = std::move(written).error();
    changed_.notify_all();
  }
}

}  // namespace comity::record
