#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/files.h"

#include "http_client.h"

namespace comity::cli {

/// A log's directory as a server publishes it, to be read alone: whoever reads a directory reads a
/// server by it. The checkpoint is read once, so that it is one log of one size however much the
/// server's grows. Any thread; each that is busy has a connection of its own.
///
/// What the server withholds, for it is on legal hold, reads as zeros, as what is erased does.
/// There is no listing, so every directory looks empty. What writes is a fault.
class RemoteFiles final : public Files {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RemoteFiles>> open(const std::string& url);

  Result<std::optional<Bytes>> read(std::string_view path, std::uint64_t limit) const override;
  Result<std::optional<Bytes>> read_range(std::string_view path, std::uint64_t offset,
                                          std::uint64_t size) const override;
  Result<std::optional<std::uint64_t>> size(std::string_view path) const override;
  Result<std::vector<std::string>> list(std::string_view directory) const override;

  Result<void> write(std::string_view path, ByteView bytes) override;
  Result<void> append(std::string_view path, std::uint64_t offset, ByteView bytes) override;
  Result<void> overwrite(std::string_view path, std::uint64_t offset, ByteView bytes) override;
  Result<void> sync() override;
  Result<void> replace(std::string_view path, ByteView bytes) override;
  Result<void> remove(std::string_view path) override;
  Result<std::uint64_t> free_space() const override;
  Result<std::unique_ptr<FileLock>> lock(std::string_view path) override;
  Result<std::string> place() const override;

 private:
  explicit RemoteFiles(std::string url) : url_(std::move(url)) {}

  Result<HttpAnswer> ask(const HttpClient::Ask& ask) const;
  /// A range that was answered; nothing where the file ends earlier.
  Result<std::optional<Bytes>> take_range(std::string_view path, std::uint64_t size,
                                          HttpAnswer answer) const;
  [[nodiscard]] static HttpClient::Ask range_of(std::string_view path, std::uint64_t offset,
                                                std::uint64_t size);
  Result<std::optional<Bytes>> read_around(std::string_view path, std::uint64_t offset,
                                           std::uint64_t size, const std::string& withheld) const;

  std::string url_;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::vector<HttpClient> idle_;
  mutable std::optional<Bytes> checkpoint_;
};

}  // namespace comity::cli
