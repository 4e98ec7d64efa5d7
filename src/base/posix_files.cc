// `open_directory`: the directory tree of a log on Linux.
//
// Durability. `sync` is one syncfs(2) on the directory's own descriptor. A commit touches some ten
// files (tiles, entry bundles, segments, new directories), and an fsync of each and of each parent
// directory would wait for as many commits of the file system's journal; syncfs waits for one, and
// covers data, sizes and names alike. Since Linux 5.8 it also returns an error of writing back any
// page since the descriptor was opened, so the descriptor stays open for the object's whole life
// and an error is remembered: asking again would be answered with success though the pages are
// gone. What is opened never leaves the file system of the root (see `open_beneath`), so nothing
// written escapes the sync. Its price: it also waits for what other programs have written to the
// same file system; a busy registry wants one of its own.
//
// `replace` writes `.NAME.new` beside the file, fsyncs it, renames it over the file and fsyncs the
// directory. A power cut may leave that file behind: the next `replace` overwrites it, `list`
// leaves it out, and no safe path names it.
//
// Who may read. Files and directories are readable by all, so that a static web server can serve
// them, except below a directory named `private` or `hidden`, which is made for its owner alone.

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <iterator>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/file_path.h"
#include "base/files.h"

namespace comity {
namespace {

constexpr std::size_t kOpenFiles = 64;
constexpr mode_t kDirectoryMode = 0755;
constexpr mode_t kOwnersDirectoryMode = 0700;

class PosixLock final : public FileLock {
 public:
  explicit PosixLock(Descriptor file) : file_(std::move(file)) {}

 private:
  Descriptor file_;  // flock(2) ends with the last descriptor of the opened file
};

class PosixFiles final : public Files {
 public:
  PosixFiles(std::string root, Descriptor directory, SyncCalls sync_calls)
      : root_(std::move(root)),
        directory_(std::move(directory)),
        sync_calls_(sync_calls),
        files_(kOpenFiles) {}

  Result<void> write(std::string_view path, ByteView bytes) override;
  Result<void> append(std::string_view path, std::uint64_t offset, ByteView bytes) override;
  Result<void> overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) override;
  Result<void> sync() override;
  Result<void> replace(std::string_view path, ByteView bytes) override;
  Result<std::optional<Bytes>> read(std::string_view path, std::uint64_t limit) const override;
  Result<std::optional<Bytes>> read_range(std::string_view path, std::uint64_t offset,
                                          std::uint64_t size) const override;
  Result<std::optional<std::uint64_t>> size(std::string_view path) const override;
  Result<std::vector<std::string>> list(std::string_view directory) const override;
  Result<void> remove(std::string_view path) override;
  Result<std::uint64_t> free_space() const override;
  Result<std::unique_ptr<FileLock>> lock(std::string_view path) override;
  Result<std::string> place() const override;

 private:
  using Shared = std::shared_ptr<const Descriptor>;
  struct Parent {
    Descriptor directory;
    std::string name;     // of the file in it
    bool is_new = false;  // it, or a directory above it, has just been made
  };
  struct Opened {
    Shared file;
    std::uint64_t size = 0;
  };

  std::unexpected<Error> fault(std::string_view doing, std::string_view path, int error) const {
    return fail(fmt::format("{} {}/{} failed", doing, root_, path), error);
  }
  Result<Parent> parent_of(std::string_view path) const;
  void remove_if_empty(std::string_view directory) const;
  Result<Parent> make_parent(std::string_view path) const;
  Result<Descriptor> create(std::string_view path, int flags) const;
  Result<std::uint64_t> regular_size(std::string_view path, const Descriptor& file) const;
  Result<std::optional<Descriptor>> open_to_read(std::string_view path) const;
  Result<std::optional<Opened>> cached_to_read(std::string_view path) const;
  Result<Opened> cached_to_write(std::string_view path, int flags) const;

  const std::string root_;
  const Descriptor directory_;
  const SyncCalls sync_calls_;
  mutable DescriptorCache files_;
  std::atomic<int> sync_error_ = 0;
};

mode_t mode_of_directory(std::string_view name) {
  return name == "private" || name == "hidden" ? kOwnersDirectoryMode : kDirectoryMode;
}

bool is_missing(int error) { return error == ENOENT || error == ENOTDIR; }

/// The directory that holds the file. REQUIRES: the path is safe.
Result<PosixFiles::Parent> PosixFiles::parent_of(std::string_view path) const {
  const std::size_t slash = path.rfind('/');
  const bool at_root = slash == std::string_view::npos;
  auto directory =
      open_beneath(directory_, at_root ? "." : path.substr(0, slash), O_RDONLY | O_DIRECTORY);
  if (!directory) return fault("opening the directory of", path, directory.error());
  return Parent{std::move(*directory), std::string(path.substr(at_root ? 0 : slash + 1))};
}

/// The same, making the directories that are missing.
Result<PosixFiles::Parent> PosixFiles::make_parent(std::string_view path) const {
  COMITY_TRY(const auto parts, path_parts(path));
  COMITY_TRY(auto parent, parent_of(parts.back()));
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const std::string name(parts[i]);
    const bool made =
        ::mkdirat(parent.directory.number(), name.c_str(), mode_of_directory(name)) == 0;
    if (!made && errno != EEXIST) return fault("making the directory of", path, errno);
    auto next = open_beneath(parent.directory, name, O_RDONLY | O_DIRECTORY);
    if (!next) return fault("opening the directory of", path, next.error());
    parent.directory = std::move(*next);
    parent.is_new |= made;
  }
  return parent;
}

/// Opens with the flags, making the file's directory where it is missing and O_CREAT asks for it.
Result<Descriptor> PosixFiles::create(std::string_view path, int flags) const {
  COMITY_CHECK(path_parts(path));
  auto file = open_beneath(directory_, path, flags | O_NONBLOCK | O_NOCTTY);
  if (!file && file.error() == ENOENT && (flags & O_CREAT) != 0) {
    COMITY_TRY(const auto parent, make_parent(path));
    file = open_beneath(parent.directory, parent.name, flags | O_NONBLOCK | O_NOCTTY);
  }
  if (!file) return fault("opening", path, file.error());
  return std::move(*file);
}

Result<std::uint64_t> PosixFiles::regular_size(std::string_view path,
                                               const Descriptor& file) const {
  const auto status = status_of(file);
  if (!status) return fault("asking for the size of", path, status.error());
  if (!S_ISREG(status->st_mode))
    return fail(fmt::format("{}/{} is not a regular file", root_, path));
  return static_cast<std::uint64_t>(status->st_size);
}

Result<std::optional<Descriptor>> PosixFiles::open_to_read(std::string_view path) const {
  COMITY_CHECK(path_parts(path));
  auto file = open_beneath(directory_, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file && is_missing(file.error())) return std::nullopt;
  if (!file) return fault("opening", path, file.error());
  return std::move(*file);
}

Result<std::optional<PosixFiles::Opened>> PosixFiles::cached_to_read(std::string_view path) const {
  Shared file = files_.find(path);
  if (file == nullptr) {
    COMITY_TRY(auto opened, open_to_read(path));
    if (!opened) return std::nullopt;
    COMITY_CHECK(regular_size(path, *opened));
    file = files_.keep(path, std::move(*opened));
  }
  COMITY_TRY(const auto size, regular_size(path, *file));
  return Opened{std::move(file), size};
}

Result<PosixFiles::Opened> PosixFiles::cached_to_write(std::string_view path, int flags) const {
  Shared file = files_.find(path);
  const bool writable = file != nullptr && (::fcntl(file->number(), F_GETFL) & O_ACCMODE) == O_RDWR;
  if (!writable) {
    COMITY_TRY(auto opened, create(path, O_RDWR | flags));
    COMITY_CHECK(regular_size(path, opened));
    file = files_.keep(path, std::move(opened));
  }
  COMITY_TRY(const auto size, regular_size(path, *file));
  return Opened{std::move(file), size};
}

Result<void> PosixFiles::write(std::string_view path, ByteView bytes) {
  COMITY_TRY(const auto file, create(path, O_WRONLY | O_CREAT | O_TRUNC));
  if (const int error = write_at(file, 0, bytes); error != 0) return fault("writing", path, error);
  return {};
}

Result<void> PosixFiles::append(std::string_view path, std::uint64_t offset, ByteView bytes) {
  COMITY_TRY(const auto opened, cached_to_write(path, O_CREAT));
  if (opened.size < offset)
    return fail(fmt::format("{}/{} ends at byte {}, before byte {} where it was to be extended",
                            root_, path, opened.size, offset));
  if (opened.size > offset)
    while (::ftruncate(opened.file->number(), static_cast<off_t>(offset)) != 0)
      if (errno != EINTR) return fault("truncating", path, errno);
  if (const int error = write_at(*opened.file, offset, bytes); error != 0)
    return fault("extending", path, error);
  return {};
}

Result<void> PosixFiles::overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) {
  COMITY_TRY(const auto opened, cached_to_write(path, 0));
  if (opened.size < offset || opened.size - offset < bytes.size())
    return fail(fmt::format("{}/{} ends at byte {}, before the end of what was to be overwritten",
                            root_, path, opened.size));
  if (const int error = write_at(*opened.file, offset, bytes); error != 0)
    return fault("overwriting", path, error);
  return {};
}

Result<void> PosixFiles::sync() {
  if (sync_error_ == 0 && sync_calls_.file_system(directory_.number()) != 0) sync_error_ = errno;
  if (const int error = sync_error_; error != 0)
    return fail(fmt::format("syncing {} failed, and what was written is in doubt", root_), error);
  return {};
}

Result<void> PosixFiles::replace(std::string_view path, ByteView bytes) {
  COMITY_TRY(const auto parent, make_parent(path));
  const std::string fresh = fmt::format(".{}.new", parent.name);
  const int directory = parent.directory.number();
  auto file = open_beneath(parent.directory, fresh, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file) return fault("making a new copy of", path, file.error());
  if (const int error = write_at(*file, 0, bytes); error != 0)
    return fault("writing a new copy of", path, error);
  if (sync_calls_.file(file->number()) != 0) return fault("syncing a new copy of", path, errno);
  if (::renameat(directory, fresh.c_str(), directory, parent.name.c_str()) != 0)
    return fault("replacing", path, errno);
  files_.forget(path);
  if (sync_calls_.file(directory) != 0) return fault("syncing the directory of", path, errno);
  // The names of directories made just now stand in directories above, which only this reaches.
  if (parent.is_new) return sync();
  return {};
}

Result<std::optional<Bytes>> PosixFiles::read(std::string_view path, std::uint64_t limit) const {
  COMITY_TRY(const auto file, open_to_read(path));
  if (!file) return std::nullopt;
  COMITY_TRY(const auto size, regular_size(path, *file));
  if (size > limit)
    return refuse("file-too-large",
                  fmt::format("{}/{} has {} bytes where at most {} are allowed; restore it from a "
                              "copy or give a smaller one.",
                              root_, path, size, limit));
  auto bytes = read_at(*file, 0, size);
  if (!bytes) return fault("reading", path, bytes.error());
  return std::move(*bytes);
}

Result<std::optional<Bytes>> PosixFiles::read_range(std::string_view path, std::uint64_t offset,
                                                    std::uint64_t size) const {
  COMITY_TRY(const auto opened, cached_to_read(path));
  if (!opened || opened->size < offset || opened->size - offset < size) return std::nullopt;
  auto bytes = read_at(*opened->file, offset, size);
  if (!bytes) return fault("reading", path, bytes.error());
  if (bytes->size() < size) return std::nullopt;
  return std::move(*bytes);
}

Result<std::optional<std::uint64_t>> PosixFiles::size(std::string_view path) const {
  COMITY_TRY(const auto file, open_to_read(path));
  if (!file) return std::nullopt;
  return regular_size(path, *file);
}

Result<std::vector<std::string>> PosixFiles::list(std::string_view directory) const {
  if (!directory.empty()) COMITY_CHECK(path_parts(directory));
  auto opened =
      open_beneath(directory_, directory.empty() ? "." : directory, O_RDONLY | O_DIRECTORY);
  if (!opened && is_missing(opened.error())) return std::vector<std::string>();
  if (!opened) return fault("opening the directory", directory, opened.error());
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(opened->number()), ::closedir);
  if (stream == nullptr) return fault("listing", directory, errno);
  const int number = opened->release();  // the stream closes it

  std::vector<std::string> names;
  for (errno = 0; const dirent* entry = ::readdir(stream.get()); errno = 0) {
    std::string name(static_cast<const char*>(entry->d_name));
    if (name.front() == '.') continue;
    struct stat status{};
    const bool is_directory = entry->d_type == DT_DIR ||
                              (entry->d_type == DT_UNKNOWN &&
                               ::fstatat(number, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                               S_ISDIR(status.st_mode));
    names.push_back(is_directory ? name + '/' : name);
  }
  if (errno != 0) return fault("listing", directory, errno);
  std::ranges::sort(names);
  return names;
}

Result<void> PosixFiles::remove(std::string_view path) {
  COMITY_CHECK(path_parts(path));
  files_.forget(path);
  COMITY_TRY(const auto existing, open_to_read(path));
  if (!existing) return {};
  COMITY_TRY(const auto parent, parent_of(path));
  if (::unlinkat(parent.directory.number(), parent.name.c_str(), 0) != 0 && errno != ENOENT)
    return fault("removing", path, errno);
  remove_if_empty(path.substr(0, path.rfind('/')));
  return {};
}

/// A directory of partial tiles ("000.p") would otherwise outlive them, one for each full tile. At
/// best: where it is not empty, or can't be removed, it stays.
void PosixFiles::remove_if_empty(std::string_view directory) const {
  if (!directory.ends_with(".p")) return;
  const auto parent = parent_of(directory);
  if (parent) ::unlinkat(parent->directory.number(), parent->name.c_str(), AT_REMOVEDIR);
}

Result<std::uint64_t> PosixFiles::free_space() const {
  struct statvfs status{};
  while (::fstatvfs(directory_.number(), &status) != 0)
    if (errno != EINTR) return fault("asking for the free space of", "", errno);
  return std::uint64_t{status.f_bavail} * status.f_frsize;
}

Result<std::unique_ptr<FileLock>> PosixFiles::lock(std::string_view path) {
  COMITY_TRY(auto file, create(path, O_RDWR | O_CREAT));
  while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK)
      return refuse("registry-locked",
                    fmt::format("Another process has {} open for writing; wait until it has "
                                "ended, or stop it.",
                                root_));
    if (errno != EINTR) return fault("locking", path, errno);
  }
  return std::make_unique<PosixLock>(std::move(file));
}

Result<std::string> PosixFiles::place() const {
  const auto status = status_of(directory_);
  if (!status) return fault("asking for the place of", "", status.error());
  std::ifstream in("/etc/machine-id");
  const std::string machine{std::istreambuf_iterator<char>(in), {}};
  // Hashed, because machine-id(5) asks that the id itself is not shown.
  const std::string where =
      fmt::format("comity place\n{}\n{}\n{}", status->st_dev, status->st_ino, machine);
  Bytes digest(crypto_hash_sha256_BYTES);
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<const unsigned char*>(where.data()), where.size());
  return to_hex(digest);
}

/// Makes the directory and those above it.
int make_directories(const std::string& root) {
  for (std::size_t end = 1; end <= root.size(); ++end) {
    if (end < root.size() && root[end] != '/') continue;
    if (::mkdir(root.substr(0, end).c_str(), kDirectoryMode) != 0 && errno != EEXIST &&
        end == root.size())
      return errno;
  }
  return 0;
}

}  // namespace

Result<std::unique_ptr<Files>> open_directory(std::string root) {
  return open_directory(std::move(root), {.file = ::fsync, .file_system = ::syncfs});
}

Result<std::unique_ptr<Files>> open_directory(std::string root, SyncCalls sync_calls) {
  const int error = make_directories(root);
  if (error != 0) return fail(fmt::format("making the directory {} failed", root), error);
  Descriptor directory(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() < 0)
    return fail(fmt::format("opening the directory {} failed", root), errno);
  const auto beneath = open_beneath(directory, ".", O_RDONLY | O_DIRECTORY);
  if (!beneath)
    return fail("opening a file with openat2(2) failed; Comity needs Linux 5.8 or newer",
                beneath.error());
  return std::make_unique<PosixFiles>(std::move(root), std::move(directory), sync_calls);
}

}  // namespace comity
