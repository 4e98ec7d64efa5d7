// A shim around SQLite's default VFS (https://sqlite.org/vfs.html). Locks and the release of things
// never fail: they don't reach the disk.

#include "tests/crash/failing_vfs.h"

#include <cerrno>
#include <limits>

#include <sqlite3.h>

#include "log/sqlite.h"

namespace comity::crash {
namespace {

using Takes = FailingVfs::Takes;

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// The head of what SQLite allocates for a file; the default's own file stands behind it.
struct ShimFile {
  sqlite3_file base;
  FailingVfs* vfs;
};

ShimFile& shim(sqlite3_file* file) { return *reinterpret_cast<ShimFile*>(file); }

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(&shim(file) + 1); }

const sqlite3_io_methods& call(sqlite3_file* file) { return *real(file)->pMethods; }

bool fails(sqlite3_file* file, Takes takes = Takes::kNothing) {
  return shim(file).vfs->fails(takes);
}

int close_file(sqlite3_file* file) { return call(file).xClose(real(file)); }

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  if (fails(file)) return SQLITE_IOERR_READ;
  return call(file).xRead(real(file), bytes, size, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  if (!fails(file, Takes::kSpace)) return call(file).xWrite(real(file), bytes, size, offset);
  if (!shim(file).vfs->is_full()) return SQLITE_IOERR_WRITE;
  call(file).xWrite(real(file), bytes, size / 2, offset);
  return SQLITE_FULL;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (fails(file)) return SQLITE_IOERR_TRUNCATE;
  return call(file).xTruncate(real(file), size);
}

/// May take space, on file systems that find a place for the bytes only now.
int sync_file(sqlite3_file* file, int flags) {
  if (fails(file, Takes::kSpace)) return SQLITE_IOERR_FSYNC;
  return call(file).xSync(real(file), flags);
}

int ask_size(sqlite3_file* file, sqlite3_int64* size) {
  if (fails(file)) return SQLITE_IOERR_FSTAT;
  return call(file).xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int level) { return call(file).xLock(real(file), level); }

int unlock_file(sqlite3_file* file, int level) { return call(file).xUnlock(real(file), level); }

int ask_reserved(sqlite3_file* file, int* is_reserved) {
  return call(file).xCheckReservedLock(real(file), is_reserved);
}

int control_file(sqlite3_file* file, int operation, void* argument) {
  return call(file).xFileControl(real(file), operation, argument);
}

int sector_size(sqlite3_file* file) { return call(file).xSectorSize(real(file)); }

int characteristics(sqlite3_file* file) { return call(file).xDeviceCharacteristics(real(file)); }

int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** mapped) {
  if (fails(file, extend != 0 ? Takes::kSpace : Takes::kNothing)) return SQLITE_IOERR_SHMMAP;
  return call(file).xShmMap(real(file), page, size, extend, mapped);
}

int lock_shared(sqlite3_file* file, int first, int count, int flags) {
  return call(file).xShmLock(real(file), first, count, flags);
}

void order_shared(sqlite3_file* file) { call(file).xShmBarrier(real(file)); }

int unmap_shared(sqlite3_file* file, int remove) {
  return call(file).xShmUnmap(real(file), remove);
}

int map_pages(sqlite3_file* /*file*/, sqlite3_int64 /*offset*/, int /*size*/, void** mapped) {
  *mapped = nullptr;  // to be read instead
  return SQLITE_OK;
}

int unmap_pages(sqlite3_file* /*file*/, sqlite3_int64 /*offset*/, void* /*mapped*/) {
  return SQLITE_OK;
}

constexpr sqlite3_io_methods kFileMethods{.iVersion = 3,
                                          .xClose = close_file,
                                          .xRead = read_file,
                                          .xWrite = write_file,
                                          .xTruncate = truncate_file,
                                          .xSync = sync_file,
                                          .xFileSize = ask_size,
                                          .xLock = lock_file,
                                          .xUnlock = unlock_file,
                                          .xCheckReservedLock = ask_reserved,
                                          .xFileControl = control_file,
                                          .xSectorSize = sector_size,
                                          .xDeviceCharacteristics = characteristics,
                                          .xShmMap = map_shared,
                                          .xShmLock = lock_shared,
                                          .xShmBarrier = order_shared,
                                          .xShmUnmap = unmap_shared,
                                          .xFetch = map_pages,
                                          .xUnfetch = unmap_pages};

FailingVfs& owner(sqlite3_vfs* vfs) { return *static_cast<FailingVfs*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* given) {
  FailingVfs& failing = owner(vfs);
  shim(file) = {.base = {.pMethods = nullptr}, .vfs = &failing};
  const bool makes = (flags & SQLITE_OPEN_CREATE) != 0;
  if (failing.fails(makes ? Takes::kSpace : Takes::kNothing)) return SQLITE_CANTOPEN;
  const int code = failing.real().xOpen(&failing.real(), name, real(file), flags, given);
  if (code == SQLITE_OK) shim(file).base.pMethods = &kFileMethods;
  return code;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_directory) {
  FailingVfs& failing = owner(vfs);
  if (failing.fails(Takes::kNothing)) return SQLITE_IOERR_DELETE;
  return failing.real().xDelete(&failing.real(), name, sync_directory);
}

int look_at_file(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
  FailingVfs& failing = owner(vfs);
  if (failing.fails(Takes::kNothing)) return SQLITE_IOERR_ACCESS;
  return failing.real().xAccess(&failing.real(), name, flags, answer);
}

int last_error(sqlite3_vfs* vfs, int size, char* text) {
  FailingVfs& failing = owner(vfs);
  if (failing.has_failed()) return failing.error_number();
  return failing.real().xGetLastError(&failing.real(), size, text);
}

}  // namespace

FailingVfs::FailingVfs() : calls_left_(kNever) {
  // SQLite is configured when a database is first opened, which can't be done after what follows.
  COMITY_ASSERT(log::Database::open(":memory:").has_value());
  real_ = sqlite3_vfs_find(nullptr);
  // What else the default does, it does without a look at its first argument.
  shim_ = std::make_unique<sqlite3_vfs>(*real_);
  shim_->pNext = nullptr;
  shim_->zName = "failing";
  shim_->szOsFile = static_cast<int>(sizeof(ShimFile)) + real_->szOsFile;
  shim_->pAppData = this;
  shim_->xOpen = open_file;
  shim_->xDelete = delete_file;
  shim_->xAccess = look_at_file;
  shim_->xGetLastError = last_error;
  COMITY_ASSERT(sqlite3_vfs_register(shim_.get(), 1) == SQLITE_OK);
}

FailingVfs::~FailingVfs() { sqlite3_vfs_unregister(shim_.get()); }

void FailingVfs::fail_after(std::uint64_t calls, Ailment ailment) {
  ailment_ = ailment;
  calls_left_ = static_cast<std::int64_t>(calls);
}

void FailingVfs::mend() { calls_left_ = kNever; }

bool FailingVfs::fails(Takes takes) {
  if (ailment_ == Ailment::kFull && takes == Takes::kNothing) return false;
  if (calls_left_.fetch_sub(1) > 0) return false;
  has_failed_ = true;
  return true;
}

int FailingVfs::error_number() const { return is_full() ? ENOSPC : EIO; }

}  // namespace comity::crash
