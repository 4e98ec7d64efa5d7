#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/files.h"

#include "query/cases.h"
#include "query/content_runs.h"
#include "query/published.h"
#include "query/snapshot.h"

namespace comity::query {

/// What it takes to answer a question: a state of the record, and the log's content. One thread at
/// a time.
struct Reader {
  using Clock = std::chrono::steady_clock;

  Reader(Snapshot opened, const Files& files, std::int64_t window)
      : snapshot(std::move(opened)),
        published(snapshot, window),
        cases(snapshot, window),
        runs(files) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  Snapshot snapshot;
  Published published;
  Cases cases;
  ContentRuns runs;
  std::optional<std::string> exports_to;  ///< who has the export that this is for
  Clock::time_point end;  ///< of the time for the question: later it refuses `question-too-long`
};

struct ReaderLimits {
  std::chrono::milliseconds question_time{30'000};
  std::size_t exports = 8;             ///< at a time
  std::size_t exports_per_client = 4;  ///< of those, to one client
  /// Versions that a page of what is published, or of cases, looks at: class Published.
  std::int64_t window = Published::kWindow;
};

/// Readers for whoever has a question, kept open between questions. Any thread.
class Readers {
 public:
  /// A reader that goes back when this does. The readers must outlive it.
  class Lease {
   public:
    Lease(Readers& readers, std::unique_ptr<Reader> reader)
        : readers_(&readers), reader_(std::move(reader)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (reader_) readers_->give_back(std::move(reader_));
    }

    /// Refuses `record-behind` where more was required since it was taken: for whoever reads long.
    [[nodiscard]] Result<void> check() const { return check_size(*reader_, readers_->required()); }

    Reader& operator*() const { return *reader_; }
    Reader* operator->() const { return reader_.get(); }

    /// The time for a question begins anew: for one that is answered in parts.
    void restart() const { readers_->restart(*reader_); }

   private:
    Readers* readers_;
    std::unique_ptr<Reader> reader_;
  };

  /// `record` is the path of the record's database, `files` the log's directory, which must outlive
  /// this. REQUIRES: a record was folded there before the first is taken.
  Readers(std::string record, const Files& files, ReaderLimits limits = {})
      : record_(std::move(record)), files_(&files), limits_(limits) {}

  /// A reader of the newest state, also where the record was made anew in the meantime. Refuses
  /// `record-behind` where that is less than is required.
  [[nodiscard]] Result<Lease> take();
  /// The same for an export, which lasts as long as its reader takes. A fault of EAGAIN where there
  /// are as many of them as may be; refuses `too-many-requests` where the client has its share.
  [[nodiscard]] Result<Lease> take_for_export(const std::string& client);

  /// Every question is over, also those that are being answered.
  void stop() { stopped_ = true; }

  /// From now on no state of fewer entries is read: the log withholds what such a state still
  /// shows. A smaller number than before changes nothing.
  void require(std::uint64_t size);
  [[nodiscard]] std::uint64_t required() const;

 private:
  static Result<void> check_size(const Reader& reader, std::uint64_t required);
  /// A reader of the newest state, whatever that is.
  Result<Lease> take_any();
  [[nodiscard]] Result<std::unique_ptr<Reader>> open(unsigned cache_kib);
  void give_back(std::unique_ptr<Reader> reader);
  void restart(Reader& reader) const { reader.end = Reader::Clock::now() + limits_.question_time; }
  [[nodiscard]] Result<void> begin_export(const std::string& client);
  void end_export(const std::string& client);
  /// Nothing where there is none.
  std::unique_ptr<Reader> take_idle();
  void drop_idle();

  std::string record_;
  const Files* files_;
  ReaderLimits limits_;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<std::unique_ptr<Reader>> idle_;
  std::uint64_t required_ = 0;
  std::vector<std::string> exports_;  ///< the client of each that is under way
};

}  // namespace comity::query
