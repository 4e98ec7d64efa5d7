#include "record/read_ahead.h"

#include <utility>

namespace comity::record {
namespace {

constexpr std::size_t kPieceBytes = 262'144;
constexpr std::size_t kMostAhead = 4 * kPieceBytes;

std::size_t size_of(const log::StoredEntry& stored) {
  return sizeof(ReadEntryAhead) + stored.entry.size() +
         (stored.visible ? stored.visible->bytes.size() : 0);
}

}  // namespace

ReadAhead::ReadAhead(log::EntryWalk& walk, filing::FindKey find_key,
                     const filing::VerifiedStatements* verified)
    : walk_(&walk),
      find_key_(std::move(find_key)),
      verified_(verified),
      thread_([this] { run(); }) {}

ReadAhead::~ReadAhead() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Result<ReadEntryAhead> ReadAhead::next() {
  if (next_ == taken_.entries.size()) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !waiting_.empty(); });
    taken_ = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= taken_.bytes;
    next_ = 0;
    lock.unlock();
    changed_.notify_all();
  }
  Result<ReadEntryAhead>& entry = taken_.entries[next_];
  if (!entry) return std::unexpected(entry.error());  // the last one, which stays
  ++next_;
  return std::move(entry);
}

ReadAhead::Piece ReadAhead::read_piece() {
  Piece piece;
  while (!ended_ && piece.bytes < kPieceBytes) {
    auto stored = walk_->next();
    if (stored && !*stored) {
      ended_ = true;
      break;
    }
    if (!stored) {
      piece.entries.emplace_back(std::unexpected(std::move(stored).error()));
      ended_ = true;
      break;
    }
    piece.bytes += size_of(**stored);
    auto checked = log::check_entry(**stored, find_key_, reader_, verified_);
    piece.entries.emplace_back(ReadEntryAhead{std::move(**stored), std::move(checked)});
  }
  return piece;
}

void ReadAhead::run() {
  while (!ended_) {
    Piece piece = read_piece();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || waiting_bytes_ < kMostAhead; });
    if (stopping_) return;
    if (piece.entries.empty()) continue;
    waiting_bytes_ += piece.bytes;
    waiting_.push_back(std::move(piece));
    lock.unlock();
    changed_.notify_all();
  }
}

}  // namespace comity::record
