#include "bench/disk_trace.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace comity::bench {

Result<void> TracedFiles::write(std::string_view path, ByteView bytes) {
  calls_.push_back({DiskCall::Kind::write, std::string(path), 0, bytes.size()});
  return ForwardedFiles::write(path, bytes);
}
Result<void> TracedFiles::append(std::string_view path, std::uint64_t offset, ByteView bytes) {
  calls_.push_back({DiskCall::Kind::append, std::string(path), offset, bytes.size()});
  return ForwardedFiles::append(path, offset, bytes);
}
Result<void> TracedFiles::overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) {
  calls_.push_back({DiskCall::Kind::append, std::string(path), offset, bytes.size()});
  return ForwardedFiles::overwrite(path, offset, bytes);
}
Result<void> TracedFiles::sync() {
  calls_.push_back({DiskCall::Kind::sync, {}, 0, 0});
  return ForwardedFiles::sync();
}
Result<void> TracedFiles::replace(std::string_view path, ByteView bytes) {
  calls_.push_back({DiskCall::Kind::replace, std::string(path), 0, bytes.size()});
  return ForwardedFiles::replace(path, bytes);
}

BareDisk::BareDisk(const std::string& root) : root_(::open(root.c_str(), O_RDONLY | O_DIRECTORY)) {
  COMITY_ASSERT(root_ >= 0);
}

BareDisk::~BareDisk() {
  for (const auto& [path, file] : appended_) ::close(file);
  ::close(root_);
}

void BareDisk::play(std::span<const DiskCall> calls) {
  for (const DiskCall& call : calls) {
    switch (call.kind) {
      case DiskCall::Kind::write: {
        const int file = open(call.path, O_WRONLY | O_CREAT | O_TRUNC);
        write(file, 0, call.size);
        ::close(file);
        break;
      }
      case DiskCall::Kind::append: {
        auto found = appended_.find(call.path);
        if (found == appended_.end())
          found = appended_.emplace(call.path, open(call.path, O_WRONLY | O_CREAT)).first;
        write(found->second, call.offset, call.size);
        break;
      }
      case DiskCall::Kind::sync:
        COMITY_ASSERT(::syncfs(root_) == 0);
        break;
      case DiskCall::Kind::replace:
        replace(call);
        break;
    }
  }
}

int BareDisk::open(const std::string& path, int flags) {
  int file = ::openat(root_, path.c_str(), flags, 0644);
  if (file < 0) {
    make_directories(path);
    file = ::openat(root_, path.c_str(), flags, 0644);
  }
  COMITY_ASSERT(file >= 0);
  return file;
}

void BareDisk::make_directories(const std::string& path) const {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1))
    ::mkdirat(root_, path.substr(0, slash).c_str(), 0755);
}

void BareDisk::write(int file, std::uint64_t offset, std::uint64_t size) {
  if (bytes_.size() < size) bytes_.resize(size, std::byte{'x'});
  COMITY_ASSERT(::pwrite(file, bytes_.data(), size, static_cast<off_t>(offset)) ==
                static_cast<ssize_t>(size));
}

void BareDisk::replace(const DiskCall& call) {
  const std::string fresh = call.path + ".new";
  const int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC);
  write(file, 0, call.size);
  COMITY_ASSERT(::fsync(file) == 0);
  ::close(file);
  COMITY_ASSERT(::renameat(root_, fresh.c_str(), root_, call.path.c_str()) == 0);
  const std::size_t slash = call.path.rfind('/');
  const int directory =
      slash == std::string::npos ? root_ : open(call.path.substr(0, slash), O_RDONLY | O_DIRECTORY);
  COMITY_ASSERT(::fsync(directory) == 0);
  if (directory != root_) ::close(directory);
}

}  // namespace comity::bench
