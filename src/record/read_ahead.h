#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "codec/json.h"
#include "log/stored_entry.h"

namespace comity::record {

/// An entry as it was read, and what its check found.
struct ReadEntryAhead {
  log::StoredEntry stored;
  Result<log::CheckedEntry> checked;
};

/// Reads and checks the entries of a log ahead of whoever takes them, on a thread of its own; what
/// waits is bounded in bytes. One thread takes.
class ReadAhead {
 public:
  /// `walk` belongs to it as long as it lives. `find_key` is asked on its thread, and signatures
  /// that are `verified` aren't verified again.
  ReadAhead(log::EntryWalk& walk, filing::FindKey find_key,
            const filing::VerifiedStatements* verified = nullptr);
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// The next entry. REQUIRES: the log has one. Refuses as EntryWalk, and then always.
  Result<ReadEntryAhead> next();

 private:
  /// Some entries, handed over together: each on its own would cost more than it does.
  struct Piece {
    std::vector<Result<ReadEntryAhead>> entries;
    std::size_t bytes = 0;
  };

  void run();
  Piece read_piece();

  log::EntryWalk* walk_;
  filing::FindKey find_key_;
  const filing::VerifiedStatements* verified_;
  codec::JsonReader reader_;
  bool ended_ = false;  // of the reading thread

  Piece taken_;  // of the taking thread, with the place of the next in it
  std::size_t next_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Piece> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace comity::record
