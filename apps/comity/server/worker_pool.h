#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace comity::server {

/// Threads that may wait for a disk, and a bounded queue before them. Any thread posts.
class WorkerPool {
 public:
  using Task = std::function<void()>;

  WorkerPool(unsigned threads, std::size_t queue);
  /// As by stop().
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Whether there was room for it in the queue.
  [[nodiscard]] bool try_post(Task task);
  /// In any case: for the rest of what was begun, which is bounded elsewhere.
  void post(Task task);

  /// Lets running tasks end; what waits, or is posted later, is forgotten.
  void stop();

  [[nodiscard]] std::size_t waiting() const;

 private:
  void run();

  std::size_t limit_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Task> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace comity::server
