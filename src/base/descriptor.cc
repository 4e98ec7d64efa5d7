#include "base/descriptor.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace comity {
namespace {

constexpr mode_t kFileMode = 0644;

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

std::expected<Descriptor, int> open_beneath(const Descriptor& directory, std::string_view path,
                                            int flags) {
  const std::string terminated(path);
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
  how.mode = (flags & O_CREAT) != 0 ? kFileMode : 0;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
  long number = -1;
  do {
    number = ::syscall(SYS_openat2, directory.number(), terminated.c_str(), &how, sizeof how);
  } while (number < 0 && (errno == EINTR || errno == EAGAIN));
  if (number < 0) return std::unexpected(errno);
  return Descriptor(static_cast<int>(number));
}

std::expected<struct stat, int> status_of(const Descriptor& file) {
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) return std::unexpected(errno);
  return status;
}

int write_at(const Descriptor& file, std::uint64_t offset, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(file.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return 0;
}

std::expected<Bytes, int> read_at(const Descriptor& file, std::uint64_t offset,
                                  std::uint64_t size) {
  Bytes bytes(static_cast<std::size_t>(size));
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::pread(file.number(), bytes.data() + have, bytes.size() - have,
                                static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

std::shared_ptr<const Descriptor> DescriptorCache::find(std::string_view path) {
  const std::lock_guard hold(mutex_);
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return nullptr;
  const auto status = status_of(*found->second->file);
  if (!status || status->st_nlink == 0) {
    erase(path);
    return nullptr;
  }
  recent_.splice(recent_.begin(), recent_, found->second);
  return recent_.front().file;
}

std::shared_ptr<const Descriptor> DescriptorCache::keep(std::string_view path, Descriptor file) {
  const std::lock_guard hold(mutex_);
  erase(path);
  recent_.push_front({std::string(path), std::make_shared<const Descriptor>(std::move(file))});
  by_path_[recent_.front().path] = recent_.begin();
  auto kept = recent_.front().file;
  if (recent_.size() > capacity_) erase(recent_.back().path);
  return kept;
}

void DescriptorCache::forget(std::string_view path) {
  const std::lock_guard hold(mutex_);
  erase(path);
}

void DescriptorCache::erase(std::string_view path) {
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return;
  // The key of the map is a view into the list's item, which therefore goes last.
  const auto kept = found->second;
  by_path_.erase(found);
  recent_.erase(kept);
}

}  // namespace comity
