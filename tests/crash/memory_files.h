#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <variant>

#include "base/files.h"

namespace comity::crash {

/// What goes wrong at one mutating call (`write`, `append`, `overwrite`, `sync`, `replace`,
/// `remove`).
struct Failure {
  enum class Kind {
    kNothingDone,  // the call does nothing and returns a fault
    kHalfDone,     // the first half of the bytes is written, then a fault; `replace` does nothing
    kPowerCut,     // the call is under way when the power goes; every later call faults
  };
  std::uint64_t call = 0;  // counted from the making of the object; the first is 0
  Kind kind = Kind::kPowerCut;
  int error_number = 5;  // EIO
};

/// A disk in memory that can lose what was not synced. As on a real disk, the process sees its own
/// writes at once; `after_power_cut` shows what a later process would find. All threads.
class MemoryFiles final : public Files {
 public:
  MemoryFiles() = default;

  /// The failure to come. A failed `sync` stays failed, as `open_directory` says of syncfs(2).
  void fail_at(Failure failure);
  /// Cuts the power between two calls.
  void cut_power();
  [[nodiscard]] bool has_power() const;
  /// Mutating calls so far, failed ones included.
  [[nodiscard]] std::uint64_t calls() const;
  void set_free_space(std::uint64_t bytes);

  /// What stands on the disk after the power has gone now. Each unsynced change (of a file's
  /// existence, size or bytes) is, as the seed has it, there, gone or torn: cut at a byte, or with
  /// 512-byte sectors missing, which read as before or as zeros. What was synced is there. One seed
  /// in eight keeps all and one in eight keeps nothing. The same seed gives the same disk.
  [[nodiscard]] std::unique_ptr<MemoryFiles> after_power_cut(std::uint64_t seed) const;

  /// The same bytes, unsynced ones included, at another place and with no lock held: `cp -r`.
  [[nodiscard]] std::unique_ptr<MemoryFiles> copied_to(std::string place) const;

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
  struct Create {};
  struct Remove {};
  struct Resize {
    std::uint64_t size;
  };
  struct Write {
    std::uint64_t offset;
    Bytes bytes;
  };
  struct Replace {
    Bytes bytes;
  };
  using Change = std::variant<Create, Remove, Resize, Write, Replace>;

  struct File {
    std::optional<Bytes> durable;
    std::optional<Bytes> current;
    std::vector<Change> unsynced;

    void apply(Change change);
  };

  /// What becomes of one call.
  struct Turn {
    enum class Kind { kDone, kHalfDone, kNothingDone } kind = Kind::kDone;
    int error_number = 0;
  };
  class Dice;

  Turn next_turn();
  Result<void> finish(const Turn& turn, std::string_view path) const;
  Result<void> usable(std::string_view path) const;
  Result<void> writable(std::string_view path) const;
  [[nodiscard]] const Bytes* find(std::string_view path) const;
  [[nodiscard]] bool is_directory(std::string_view path) const;
  static std::optional<Bytes> survivor(const File& file, Dice& dice);
  static void keep_torn(std::optional<Bytes>& bytes, const Change& change, Dice& dice);
  static void apply_to(std::optional<Bytes>& bytes, const Change& change);

  mutable std::mutex mutex_;
  std::map<std::string, File, std::less<>> files_;
  std::shared_ptr<std::set<std::string>> locked_ = std::make_shared<std::set<std::string>>();
  std::optional<Failure> failure_;
  std::uint64_t calls_ = 0;
  bool has_power_ = true;
  int sync_error_ = 0;
  std::uint64_t free_space_ = std::uint64_t{1} << 40;
  std::string place_ = "memory";
};

}  // namespace comity::crash
