#include "audit/workers.h"

#include <algorithm>
#include <utility>

namespace comity::audit {

Workers::Workers(const BundleContext& context, unsigned threads)
    : context_(context), limit_(std::size_t{2} * std::max(1U, threads)) {
  for (unsigned i = 0; i < std::max(1U, threads); ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Workers::give(AuditedBundle bundle) {
  auto job = std::make_unique<Job>();
  job->bundle = std::move(bundle);
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_all();
}

std::optional<AuditedBundle> Workers::take() {
  std::unique_lock lock(mutex_);
  if (jobs_.empty()) return std::nullopt;
  changed_.wait(lock, [this] { return jobs_.front()->done; });
  AuditedBundle bundle = std::move(jobs_.front()->bundle);
  jobs_.pop_front();
  return bundle;
}

std::optional<AuditedBundle> Workers::take_if_busy() {
  {
    const std::scoped_lock lock(mutex_);
    if (jobs_.size() < limit_) return std::nullopt;
  }
  return take();
}

void Workers::run() {
  codec::JsonReader reader;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto next = std::ranges::find_if(jobs_, [](const auto& job) { return !job->begun; });
    if (next != jobs_.end()) {
      Job& job = **next;
      job.begun = true;
      lock.unlock();
      audit_bundle(context_, reader, job.bundle);
      lock.lock();
      job.done = true;
      changed_.notify_all();
      continue;
    }
    if (stopping_) return;
    changed_.wait(lock);
  }
}

}  // namespace comity::audit
