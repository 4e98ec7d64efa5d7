#pragma once

#include "base/files.h"

namespace comity::crash {

/// Hands every call on to other files, which must outlive it: the base of what overrides a few.
class ForwardedFiles : public Files {
 public:
  explicit ForwardedFiles(Files& files) : files_(&files) {}

  Result<void> write(std::string_view path, ByteView bytes) override {
    return files_->write(path, bytes);
  }
  Result<void> append(std::string_view path, std::uint64_t offset, ByteView bytes) override {
    return files_->append(path, offset, bytes);
  }
  Result<void> overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) override {
    return files_->overwrite(path, offset, bytes);
  }
  Result<void> sync() override { return files_->sync(); }
  Result<void> replace(std::string_view path, ByteView bytes) override {
    return files_->replace(path, bytes);
  }
  Result<std::optional<Bytes>> read(std::string_view path, std::uint64_t limit) const override {
    return files_->read(path, limit);
  }
  Result<std::optional<Bytes>> read_range(std::string_view path, std::uint64_t offset,
                                          std::uint64_t size) const override {
    return files_->read_range(path, offset, size);
  }
  Result<std::optional<std::uint64_t>> size(std::string_view path) const override {
    return files_->size(path);
  }
  Result<std::vector<std::string>> list(std::string_view directory) const override {
    return files_->list(directory);
  }
  Result<void> remove(std::string_view path) override { return files_->remove(path); }
  Result<std::uint64_t> free_space() const override { return files_->free_space(); }
  Result<std::unique_ptr<FileLock>> lock(std::string_view path) override {
    return files_->lock(path);
  }
  Result<std::string> place() const override { return files_->place(); }

 private:
  Files* files_;
};

}  // namespace comity::crash
