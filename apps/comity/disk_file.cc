#include "disk_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "log/founding.h"

namespace comity::cli {
namespace {

constexpr std::size_t kReadPiece = std::size_t{1} << 16;

Result<Bytes> read_all(const Descriptor& from, const std::string& path, std::uint64_t limit) {
  Bytes bytes;
  while (true) {
    const std::size_t before = bytes.size();
    bytes.resize(before + std::max(kReadPiece, before / 2));
    const ssize_t got = ::read(from.number(), bytes.data() + before, bytes.size() - before);
    const int error = errno;
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && error == EINTR) continue;
    if (got < 0 && error == EISDIR)
      return refuse("file-missing", path + " is a directory; name a file.");
    if (got < 0) return fail("Reading " + path, error);
    if (bytes.size() > limit)
      return refuse("file-too-large", path + " holds more than " + std::to_string(limit) +
                                          " bytes; split it, or name the right file.");
    if (got == 0) return bytes;
  }
}

Result<void> sync_directory_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const Descriptor directory(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() < 0 || ::fsync(directory.number()) != 0)
    return fail("Syncing the directory of " + path, errno);
  return {};
}

Result<void> write_new(const std::string& path, ByteView bytes, Readers readers) {
  const mode_t mode = readers == Readers::owner ? 0600 : 0644;
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.number() < 0) {
    if (errno == EEXIST)
      return refuse("file-exists", path + " is there already; name another file, or move it away.");
    const int error = errno;
    const auto parent = std::filesystem::path(path).parent_path().string();
    if (!parent.empty() && !is_there(parent))
      return refuse("file-missing",
                    "There is no directory " + parent + "; make it, or name another.");
    return fail("Making " + path, error);
  }
  int error = write_at(file, 0, bytes);
  if (error == 0 && ::fsync(file.number()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(path.c_str());
  return fail("Writing " + path, error);
}

}  // namespace

bool is_there(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

Result<Bytes> read_file(const std::string& path, std::uint64_t limit) {
  if (path == "-") {
    const Descriptor input(::dup(STDIN_FILENO));
    return read_all(input, "standard input", limit);
  }
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return refuse("file-missing", "There is no file " + path + "; name one that is there.");
    return fail("Opening " + path, errno);
  }
  return read_all(file, path, limit);
}

Result<void> make_file(const std::string& path, ByteView bytes, Readers readers) {
  COMITY_CHECK(write_new(path, bytes, readers));
  return sync_directory_of(path);
}

Result<void> put_file(const std::string& path, ByteView bytes, Readers readers) {
  const std::string fresh = path + "." + log::random_uuid().substr(0, 8);
  COMITY_CHECK(write_new(fresh, bytes, readers));
  if (::rename(fresh.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(fresh.c_str());
    return fail("Replacing " + path, error);
  }
  return sync_directory_of(path);
}

Result<void> make_private_directory(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0) return fail("Making the directory " + path, errno);
  return {};
}

}  // namespace comity::cli
