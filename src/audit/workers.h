#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "audit/bundle_audit.h"

namespace comity::audit {

/// Threads that run `audit_bundle`, given bundles in order and giving them back in that order. At
/// most two bundles a thread are under way, so memory stays bounded. One thread gives and takes.
class Workers {
 public:
  Workers(const BundleContext& context, unsigned threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void give(AuditedBundle bundle);
  /// The oldest, once it is done; nothing where none is under way.
  [[nodiscard]] std::optional<AuditedBundle> take();
  /// The same while as much is under way as may be, else nothing at once.
  [[nodiscard]] std::optional<AuditedBundle> take_if_busy();

 private:
  struct Job {
    AuditedBundle bundle;
    bool begun = false;
    bool done = false;
  };

  void run();

  BundleContext context_;
  std::size_t limit_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Job>> jobs_;
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace comity::audit
