#include "tests/crash/memory_files.h"

#include <algorithm>
#include <cerrno>
#include <random>

#include <fmt/format.h>

#include "base/file_path.h"

namespace comity::crash {
namespace {

constexpr std::uint64_t kSector = 512;

class MemoryLock final : public FileLock {
 public:
  MemoryLock(std::shared_ptr<std::set<std::string>> locked, std::string path)
      : locked_(std::move(locked)), path_(std::move(path)) {}
  ~MemoryLock() override { locked_->erase(path_); }

 private:
  std::shared_ptr<std::set<std::string>> locked_;
  std::string path_;
};

void put(Bytes& file, std::uint64_t offset, ByteView bytes) {
  file.resize(std::max<std::size_t>(file.size(), offset + bytes.size()));
  std::ranges::copy(bytes, file.begin() + static_cast<std::ptrdiff_t>(offset));
}

ByteView first_half(ByteView bytes) { return bytes.first(bytes.size() / 2); }

}  // namespace

/// The same numbers for the same seed on every machine, which the standard's distributions do not
/// promise.
class MemoryFiles::Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {
    const std::uint64_t mood = below(8);
    keep_all_ = mood == 0;
    keep_none_ = mood == 1;
  }
  /// REQUIRES: limit > 0
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  bool coin() { return below(2) == 0; }

  enum class Fate { kKept, kGone, kTorn };
  Fate fate() {
    if (keep_all_) return Fate::kKept;
    if (keep_none_) return Fate::kGone;
    return static_cast<Fate>(below(3));
  }

 private:
  std::mt19937_64 engine_;
  bool keep_all_ = false;
  bool keep_none_ = false;
};

void MemoryFiles::fail_at(Failure failure) {
  const std::lock_guard hold(mutex_);
  failure_ = failure;
}

void MemoryFiles::cut_power() {
  const std::lock_guard hold(mutex_);
  has_power_ = false;
}

bool MemoryFiles::has_power() const {
  const std::lock_guard hold(mutex_);
  return has_power_;
}

std::uint64_t MemoryFiles::calls() const {
  const std::lock_guard hold(mutex_);
  return calls_;
}

void MemoryFiles::set_free_space(std::uint64_t bytes) {
  const std::lock_guard hold(mutex_);
  free_space_ = bytes;
}

void MemoryFiles::apply_to(std::optional<Bytes>& bytes, const Change& change) {
  if (std::holds_alternative<Create>(change) && !bytes) bytes.emplace();
  if (std::holds_alternative<Remove>(change)) bytes.reset();
  if (const auto* replace = std::get_if<Replace>(&change)) bytes = replace->bytes;
  if (!bytes) return;  // the file's creation was lost, and what was written to it with it
  if (const auto* resize = std::get_if<Resize>(&change)) bytes->resize(resize->size);
  if (const auto* write = std::get_if<Write>(&change)) put(*bytes, write->offset, write->bytes);
}

void MemoryFiles::File::apply(Change change) {
  apply_to(current, change);
  unsynced.push_back(std::move(change));
}

void MemoryFiles::keep_torn(std::optional<Bytes>& bytes, const Change& change, Dice& dice) {
  const auto* write = std::get_if<Write>(&change);
  if (write == nullptr) {  // nothing else has parts
    if (dice.coin()) apply_to(bytes, change);
    return;
  }
  if (!bytes || write->bytes.empty()) return;
  const ByteView all = write->bytes;
  if (dice.coin()) {
    put(*bytes, write->offset, all.first(dice.below(all.size())));
    return;
  }
  // The size may have reached the disk without any of the bytes.
  if (dice.coin()) bytes->resize(std::max<std::size_t>(bytes->size(), write->offset + all.size()));
  for (std::uint64_t at = 0; at < all.size();) {
    const std::uint64_t end = std::min<std::uint64_t>(
        all.size(), (write->offset + at) / kSector * kSector + kSector - write->offset);
    if (dice.coin()) put(*bytes, write->offset + at, all.subspan(at, end - at));
    at = end;
  }
}

std::optional<Bytes> MemoryFiles::survivor(const File& file, Dice& dice) {
  std::optional<Bytes> bytes = file.durable;
  for (const Change& change : file.unsynced) {
    const Dice::Fate fate = dice.fate();
    if (fate == Dice::Fate::kKept) apply_to(bytes, change);
    if (fate == Dice::Fate::kTorn) keep_torn(bytes, change, dice);
  }
  return bytes;
}

std::unique_ptr<MemoryFiles> MemoryFiles::after_power_cut(std::uint64_t seed) const {
  const std::lock_guard hold(mutex_);
  Dice dice(seed);
  auto disk = std::make_unique<MemoryFiles>();
  for (const auto& [path, file] : files_) {
    const auto bytes = survivor(file, dice);
    if (bytes) disk->files_[path] = {bytes, bytes, {}};
  }
  disk->free_space_ = free_space_;
  disk->place_ = place_;
  return disk;
}

std::unique_ptr<MemoryFiles> MemoryFiles::copied_to(std::string place) const {
  const std::lock_guard hold(mutex_);
  auto copy = std::make_unique<MemoryFiles>();
  for (const auto& [path, file] : files_)
    if (file.current) copy->files_[path] = {file.current, file.current, {}};
  copy->free_space_ = free_space_;
  copy->place_ = std::move(place);
  return copy;
}

MemoryFiles::Turn MemoryFiles::next_turn() {
  const std::uint64_t call = calls_++;
  if (!failure_ || failure_->call != call) return {};
  const Failure failure = *std::exchange(failure_, std::nullopt);
  if (failure.kind == Failure::Kind::kPowerCut) {
    has_power_ = false;
    return {Turn::Kind::kDone, failure.error_number};
  }
  return {
      failure.kind == Failure::Kind::kHalfDone ? Turn::Kind::kHalfDone : Turn::Kind::kNothingDone,
      failure.error_number};
}

Result<void> MemoryFiles::finish(const Turn& turn, std::string_view path) const {
  if (!has_power_) return fail("the power is out", EIO);
  if (turn.error_number != 0)
    return fail(fmt::format("a scripted failure at {}", path), turn.error_number);
  return {};
}

Result<void> MemoryFiles::usable(std::string_view path) const {
  if (!has_power_) return fail("the power is out", EIO);
  COMITY_CHECK(path_parts(path));
  return {};
}

Result<void> MemoryFiles::writable(std::string_view path) const {
  COMITY_CHECK(usable(path));
  if (is_directory(path)) return fail(fmt::format("{} is a directory", path), EISDIR);
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1))
    if (find(path.substr(0, slash)) != nullptr)
      return fail(fmt::format("{} is no directory", path.substr(0, slash)), ENOTDIR);
  return {};
}

const Bytes* MemoryFiles::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() || !found->second.current ? nullptr : &*found->second.current;
}

bool MemoryFiles::is_directory(std::string_view path) const {
  const std::string prefix = std::string(path) + '/';
  for (auto file = files_.lower_bound(prefix);
       file != files_.end() && file->first.starts_with(prefix); ++file)
    if (file->second.current) return true;
  return false;
}

Result<void> MemoryFiles::write(std::string_view path, ByteView bytes) {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(writable(path));
  const Turn turn = next_turn();
  if (turn.kind != Turn::Kind::kNothingDone) {
    File& file = files_[std::string(path)];
    file.apply(Create{});
    file.apply(Resize{0});
    file.apply(Write{0, to_bytes(turn.kind == Turn::Kind::kDone ? bytes : first_half(bytes))});
  }
  return finish(turn, path);
}

Result<void> MemoryFiles::append(std::string_view path, std::uint64_t offset, ByteView bytes) {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(writable(path));
  const Bytes* existing = find(path);
  if ((existing == nullptr ? 0 : existing->size()) < offset)
    return fail(fmt::format("{} ends before byte {}", path, offset));
  const Turn turn = next_turn();
  if (turn.kind != Turn::Kind::kNothingDone) {
    File& file = files_[std::string(path)];
    if (existing == nullptr) file.apply(Create{});
    if (file.current->size() > offset) file.apply(Resize{offset});
    file.apply(Write{offset, to_bytes(turn.kind == Turn::Kind::kDone ? bytes : first_half(bytes))});
  }
  return finish(turn, path);
}

Result<void> MemoryFiles::overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(writable(path));
  const Bytes* existing = find(path);
  if (existing == nullptr) return fail(fmt::format("{} is missing", path), ENOENT);
  if (existing->size() < offset || existing->size() - offset < bytes.size())
    return fail(fmt::format("{} ends before the end of what was to be overwritten", path));
  const Turn turn = next_turn();
  if (turn.kind != Turn::Kind::kNothingDone)
    files_.find(path)->second.apply(
        Write{offset, to_bytes(turn.kind == Turn::Kind::kDone ? bytes : first_half(bytes))});
  return finish(turn, path);
}

Result<void> MemoryFiles::sync() {
  const std::lock_guard hold(mutex_);
  if (!has_power_) return fail("the power is out", EIO);
  const Turn turn = next_turn();
  if (turn.error_number != 0) sync_error_ = turn.error_number;
  if (sync_error_ != 0) return fail("syncing failed", sync_error_);
  for (auto file = files_.begin(); file != files_.end();) {
    file->second.durable = file->second.current;
    file->second.unsynced.clear();
    file = file->second.current ? std::next(file) : files_.erase(file);
  }
  return {};
}

Result<void> MemoryFiles::replace(std::string_view path, ByteView bytes) {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(writable(path));
  const Turn turn = next_turn();
  if (turn.kind == Turn::Kind::kDone) {
    File& file = files_[std::string(path)];
    if (!has_power_) {
      file.apply(Replace{to_bytes(bytes)});
    } else {
      file = {to_bytes(bytes), to_bytes(bytes), {}};
    }
  }
  return finish(turn, path);
}

Result<std::optional<Bytes>> MemoryFiles::read(std::string_view path, std::uint64_t limit) const {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(usable(path));
  if (is_directory(path)) return fail(fmt::format("{} is not a regular file", path));
  const Bytes* bytes = find(path);
  if (bytes == nullptr) return std::nullopt;
  if (bytes->size() > limit)
    return refuse("file-too-large", fmt::format("{} has more than {} bytes.", path, limit));
  return *bytes;
}

Result<std::optional<Bytes>> MemoryFiles::read_range(std::string_view path, std::uint64_t offset,
                                                     std::uint64_t size) const {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(usable(path));
  if (is_directory(path)) return fail(fmt::format("{} is not a regular file", path));
  const Bytes* bytes = find(path);
  if (bytes == nullptr || bytes->size() < offset || bytes->size() - offset < size)
    return std::nullopt;
  return to_bytes(ByteView(*bytes).subspan(offset, size));
}

Result<std::optional<std::uint64_t>> MemoryFiles::size(std::string_view path) const {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(usable(path));
  if (is_directory(path)) return fail(fmt::format("{} is not a regular file", path));
  const Bytes* bytes = find(path);
  if (bytes == nullptr) return std::nullopt;
  return bytes->size();
}

Result<std::vector<std::string>> MemoryFiles::list(std::string_view directory) const {
  const std::lock_guard hold(mutex_);
  if (!has_power_) return fail("the power is out", EIO);
  if (!directory.empty()) COMITY_CHECK(path_parts(directory));
  const std::string prefix = directory.empty() ? "" : std::string(directory) + '/';
  std::set<std::string> names;
  for (auto file = files_.lower_bound(prefix);
       file != files_.end() && file->first.starts_with(prefix); ++file) {
    if (!file->second.current) continue;
    const std::string rest = file->first.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    names.insert(slash == std::string::npos ? rest : rest.substr(0, slash + 1));
  }
  return std::vector<std::string>(names.begin(), names.end());
}

Result<void> MemoryFiles::remove(std::string_view path) {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(usable(path));
  if (is_directory(path)) return fail(fmt::format("{} is a directory", path), EISDIR);
  const Turn turn = next_turn();
  const auto found = files_.find(path);
  if (turn.kind == Turn::Kind::kDone && found != files_.end() && found->second.current)
    found->second.apply(Remove{});
  return finish(turn, path);
}

Result<std::uint64_t> MemoryFiles::free_space() const {
  const std::lock_guard hold(mutex_);
  if (!has_power_) return fail("the power is out", EIO);
  return free_space_;
}

Result<std::unique_ptr<FileLock>> MemoryFiles::lock(std::string_view path) {
  const std::lock_guard hold(mutex_);
  COMITY_CHECK(usable(path));
  if (!locked_->insert(std::string(path)).second)
    return refuse("registry-locked", "Another writer has the registry open.");
  return std::make_unique<MemoryLock>(locked_, std::string(path));
}

Result<std::string> MemoryFiles::place() const {
  const std::lock_guard hold(mutex_);
  if (!has_power_) return fail("the power is out", EIO);
  return place_;
}

}  // namespace comity::crash
