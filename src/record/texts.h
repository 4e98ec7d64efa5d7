#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace comity::record {

/// Texts that rows point into: what is kept here doesn't move until all of it goes.
class Texts {
 public:
  std::string_view keep(std::string_view text) { return keep({}, text); }
  /// Both as one text.
  std::string_view keep(std::string_view text, std::string_view more) {
    std::string& chunk = room(text.size() + more.size());
    const std::size_t start = chunk.size();
    chunk.append(text).append(more);
    return std::string_view(chunk).substr(start);
  }

  /// How much is kept, in bytes.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kSmallest = 512;
  static constexpr std::size_t kLargest = 65'536;

  /// The chunk that has room for so much.
  std::string& room(std::size_t size) {
    size_ += size;
    if (chunks_.empty() || chunks_.back().capacity() - chunks_.back().size() < size) {
      const std::size_t next =
          chunks_.empty() ? kSmallest : std::min(kLargest, chunks_.back().capacity() * 2);
      chunks_.emplace_back().reserve(std::max(next, size));
    }
    return chunks_.back();
  }

  std::deque<std::string> chunks_;
  std::size_t size_ = 0;
};

}  // namespace comity::record
