#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <sys/stat.h>

#include "base/bytes.h"
#include "base/error.h"

namespace comity {

/// An open file of the operating system, closed when it goes. Empty after a move.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  [[nodiscard]] int number() const { return number_; }
  /// The number, which the caller must now close.
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

/// Opens `path` inside the directory: without following a symbolic link, leaving the directory or
/// crossing into another file system, so that one syncfs(2) covers all that is opened. Needs
/// openat2(2), Linux 5.6. The error is an `errno` value.
[[nodiscard]] std::expected<Descriptor, int> open_beneath(const Descriptor& directory,
                                                          std::string_view path, int flags);

/// What fstat(2) says, or an `errno` value.
[[nodiscard]] std::expected<struct stat, int> status_of(const Descriptor& file);

/// Writes all of the bytes at the offset, going on after interruptions and short writes. Returns 0
/// or an `errno` value; then any part may have been written.
[[nodiscard]] int write_at(const Descriptor& file, std::uint64_t offset, ByteView bytes);

/// Reads up to `size` bytes at the offset; fewer only where the file ends. Takes `size` bytes of
/// memory: the caller has asked `status_of` first whether they are there.
[[nodiscard]] std::expected<Bytes, int> read_at(const Descriptor& file, std::uint64_t offset,
                                                std::uint64_t size);

/// Open files by path, the least recently used closed when there are too many. All threads.
class DescriptorCache {
 public:
  explicit DescriptorCache(std::size_t capacity) : capacity_(capacity) {}

  /// The open file, or null. A file that has since been removed or renamed over is forgotten.
  [[nodiscard]] std::shared_ptr<const Descriptor> find(std::string_view path);
  /// Keeps the file; it stays open for whoever holds it even after it has left the cache.
  std::shared_ptr<const Descriptor> keep(std::string_view path, Descriptor file);
  void forget(std::string_view path);

 private:
  struct Kept {
    std::string path;
    std::shared_ptr<const Descriptor> file;
  };

  void erase(std::string_view path);

  std::size_t capacity_;
  std::mutex mutex_;
  std::list<Kept> recent_;  // the most recently used first
  std::unordered_map<std::string_view, std::list<Kept>::iterator> by_path_;
};

}  // namespace comity
