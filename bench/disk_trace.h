#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tests/crash/forwarded_files.h"

namespace comity::bench {

/// One call that changes a disk, without its bytes.
struct DiskCall {
  enum class Kind { write, append, sync, replace };
  Kind kind = Kind::write;
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// Hands all on to other files, and notes what is written, so that the same can be done barely.
class TracedFiles final : public crash::ForwardedFiles {
 public:
  using ForwardedFiles::ForwardedFiles;

  [[nodiscard]] std::vector<DiskCall> take() { return std::exchange(calls_, {}); }

  Result<void> write(std::string_view path, ByteView bytes) override;
  Result<void> append(std::string_view path, std::uint64_t offset, ByteView bytes) override;
  Result<void> overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) override;
  Result<void> sync() override;
  Result<void> replace(std::string_view path, ByteView bytes) override;

 private:
  std::vector<DiskCall> calls_;
};

/// The fewest system calls that write files of the same names and sizes as durably: what no storage
/// that keeps these files can beat. Any failure ends the program.
class BareDisk {
 public:
  explicit BareDisk(const std::string& root);
  ~BareDisk();
  BareDisk(const BareDisk&) = delete;
  BareDisk& operator=(const BareDisk&) = delete;

  void play(std::span<const DiskCall> calls);

 private:
  int open(const std::string& path, int flags);
  void make_directories(const std::string& path) const;
  void write(int file, std::uint64_t offset, std::uint64_t size);
  void replace(const DiskCall& call);

  int root_;
  std::map<std::string, int> appended_;  // stay open
  Bytes bytes_;
};

}  // namespace comity::bench
