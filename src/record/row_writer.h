#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "record/entry_rows.h"

namespace comity::record {

/// Writes rows to a store in the order in which they are given, on a thread of its own that begins
/// with the first; what waits is bounded. One thread gives. The store belongs to the writer from
/// `give` until `rest` returns, and must outlive it.
class RowWriter {
 public:
  explicit RowWriter(Store& store) : store_(&store) {}
  ~RowWriter();
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  /// Waits where much is waiting already. A fault of earlier rows is returned, and again by `rest`.
  Result<void> give(EntryRows rows);
  /// Waits until all is written. After a fault nothing more was written.
  Result<void> rest();
  /// Drops what waits, and forgets a fault: the transaction is to be rolled back.
  void drop();

 private:
  void run();
  [[nodiscard]] Result<void> outcome() const;

  Store* store_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<EntryRows> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool writing_ = false;
  bool stopping_ = false;
  std::optional<Error> fault_;

  std::thread thread_;
};

}  // namespace comity::record
