#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/limits.h"
#include "record/live_record.h"
#include "views/resources.h"

#include "context.h"
#include "query/readers.h"
#include "record_directory.h"
#include "registry_directory.h"
#include "server/journal.h"
#include "server/worker_pool.h"

namespace comity::server {

struct ServiceOptions {
  std::string directory;
  std::string public_url;
  std::string contact;                            ///< whom to ask about it; may be empty
  std::size_t body_bytes = limits::kFilingBytes;  ///< that are read of a request
  std::size_t queued_filings = log::SequencerOptions{}.queue_entries;
  query::ReaderLimits readers;
  std::size_t waiting_questions = 1;  ///< that may wait for the record at a time
};

/// A registry as it is served: open for writing, its record kept up to it, and everything that
/// answers requests. Any thread asks its router.
class Service {
 public:
  /// Opens the registry, which no other process may have open. `journal` and `writers`, on which
  /// receipts are made, outlive the service.
  [[nodiscard]] static Result<std::unique_ptr<Service>> open(const ServiceOptions& options,
                                                             cli::Context& context,
                                                             Journal& journal, WorkerPool& writers);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  [[nodiscard]] const views::Router& router() const { return router_; }
  [[nodiscard]] views::Metrics& metrics() { return metrics_; }
  [[nodiscard]] const cli::Trust& trust() const { return registry_->trust; }
  /// Whether it may be sent traffic: a fault says why not. Waits for nothing.
  [[nodiscard]] Result<void> ready();
  [[nodiscard]] std::uint64_t size();

  /// Ends what is still asked of the record: nobody waits for the answers any more. Any thread.
  void stop_questions() { readers_->stop(); }
  /// Answers what the sequencer still has, and closes the registry. Nothing is asked afterwards.
  void close();

 private:
  Service(Journal& journal, WorkerPool& writers) : journal_(&journal), writers_(&writers) {}

  Result<void> open_registry(const ServiceOptions& options, cli::Context& context);
  Result<void> open_record(cli::Context& context);
  Result<void> open_views(const ServiceOptions& options);
  void add_metrics();
  /// Has nobody shown what the log of that size withholds: waits for the record a while, and has no
  /// earlier state of it read from then on.
  void withhold(std::uint64_t size);
  /// Waits a moment until the record has so many entries; not at all where as many questions as may
  /// wait already, since each holds a thread that others need.
  void wait_for_record(std::uint64_t size);
  /// On the record's thread, which must not wait for the sequencer.
  void file_digest_when_due(const record::Stamp& stamp);

  Journal* journal_;
  WorkerPool* writers_;
  std::mutex told_mutex_;
  filing::VerifiedStatements verified_;
  record::LiveRecord* told_ = nullptr;  ///< of new heads, as long as it is there
  std::unique_ptr<cli::OpenRegistry> registry_;
  std::optional<cli::ReadRegistry> read_;  ///< what the record is folded from
  std::unique_ptr<FileLock> record_lock_;
  std::optional<cli::ScratchDirectory> record_scratch_;
  std::unique_ptr<record::LiveRecord> record_;
  std::optional<query::Readers> readers_;
  std::size_t may_wait_ = 0;  ///< questions, for the record, at a time
  std::atomic<std::size_t> waiting_ = 0;
  std::optional<views::PublishedCheckpoint> checkpoint_;
  std::optional<views::Withheld> withheld_;
  std::optional<log::ReceiptIssuer> receipts_;
  std::optional<views::Registration> registration_;
  std::optional<views::Publication> publication_;
  views::Metrics metrics_;
  views::Router router_;
};

}  // namespace comity::server
