#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace comity {

/// Held as long as it lives; another process that asks for the same lock is refused.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

/// One directory tree and nothing outside it: what a log needs of a disk, small enough that a test
/// can play a power cut at any call.
///
/// Paths are relative, '/'-separated, without "." or ".." parts; missing parent directories are
/// made. Every call may fail with a fault. Writes are not durable before `sync` returned; after a
/// power cut an unsynced write may be there, be gone, or be torn. One writer at a time; any number
/// of concurrent readers.
class Files {
 public:
  virtual ~Files() = default;

  /// Writes a whole file, replacing what is there. Not atomic, not durable before `sync`.
  virtual Result<void> write(std::string_view path, ByteView bytes) = 0;

  /// Cuts the file to `offset` bytes, then appends. REQUIRES: offset <= its size (0 if missing).
  virtual Result<void> append(std::string_view path, std::uint64_t offset, ByteView bytes) = 0;

  /// Overwrites bytes inside a file. REQUIRES: offset + bytes.size() <= its size.
  virtual Result<void> overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) = 0;

  /// Makes all writes before this call durable, names of files included. A failed sync is final:
  /// the caller must not write again before it has read back what is there.
  virtual Result<void> sync() = 0;

  /// Replaces a small file at once and durably: afterwards, and after a power cut at any instant,
  /// a reader sees the old bytes or the new ones whole.
  virtual Result<void> replace(std::string_view path, ByteView bytes) = 0;

  /// The whole file, or nothing where there is none. Refuses `file-too-large` above `limit`.
  virtual Result<std::optional<Bytes>> read(std::string_view path, std::uint64_t limit) const = 0;

  /// Exactly [offset, offset+size), or nothing where the file is missing or ends earlier.
  virtual Result<std::optional<Bytes>> read_range(std::string_view path, std::uint64_t offset,
                                                  std::uint64_t size) const = 0;

  /// Size in bytes, or nothing where there is no such file.
  virtual Result<std::optional<std::uint64_t>> size(std::string_view path) const = 0;

  /// Names in a directory, sorted, directories with a trailing '/'; empty where it is missing.
  virtual Result<std::vector<std::string>> list(std::string_view directory) const = 0;

  /// Removes a file; nothing happens where there is none.
  virtual Result<void> remove(std::string_view path) = 0;

  /// Bytes that may still be written.
  virtual Result<std::uint64_t> free_space() const = 0;

  /// Takes the lock of that name, or refuses `registry-locked` if somebody holds it.
  virtual Result<std::unique_ptr<FileLock>> lock(std::string_view path) = 0;

  /// What tells this directory from a copy of it (device, inode, machine): equal for the same
  /// directory on the same machine, different after a copy.
  virtual Result<std::string> place() const = 0;
};

/// The directory `root` of the real file system, made if missing.
Result<std::unique_ptr<Files>> open_directory(std::string root);

/// How bytes are made durable, in fsync(2)'s and syncfs(2)'s terms: a test has them fail.
struct SyncCalls {
  int (*file)(int descriptor) = nullptr;
  int (*file_system)(int descriptor) = nullptr;
};
Result<std::unique_ptr<Files>> open_directory(std::string root, SyncCalls sync_calls);

}  // namespace comity
