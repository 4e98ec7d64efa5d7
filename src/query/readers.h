#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/files.h"

#include "query/content_runs.h"
#include "query/published.h"
#include "query/snapshot.h"

namespace comity::query {

/// What it takes to answer a question: a state of the record, and the log's content. One thread at
/// a time.
struct Reader {
  explicit Reader(Snapshot opened, const Files& files) : snapshot(std::move(opened)), runs(files) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  Snapshot snapshot;
  Published published{snapshot};
  ContentRuns runs;
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

   private:
    Readers* readers_;
    std::unique_ptr<Reader> reader_;
  };

  /// `record` is the path of the record's database, `files` the log's directory, which must outlive
  /// this. REQUIRES: a record was folded there before the first is taken.
  Readers(std::string record, const Files& files) : record_(std::move(record)), files_(&files) {}

  /// A reader of the newest state, also where the record was made anew in the meantime. Refuses
  /// `record-behind` where that is less than is required.
  [[nodiscard]] Result<Lease> take();

  /// From now on no state of fewer entries is read: the log withholds what such a state still
  /// shows. A smaller number than before changes nothing.
  void require(std::uint64_t size);
  [[nodiscard]] std::uint64_t required() const;

 private:
  static Result<void> check_size(const Reader& reader, std::uint64_t required);
  /// A reader of the newest state, whatever that is.
  Result<Lease> take_any();
  void give_back(std::unique_ptr<Reader> reader);
  /// Nothing where there is none.
  std::unique_ptr<Reader> take_idle();
  void drop_idle();

  std::string record_;
  const Files* files_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<std::unique_ptr<Reader>> idle_;
  std::uint64_t required_ = 0;
};

}  // namespace comity::query
