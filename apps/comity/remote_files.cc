#include "remote_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/decimal.h"
#include "log/layout.h"
#include "views/withheld_field.h"

#include "remote_answer.h"

namespace comity::cli {
namespace {

constexpr std::size_t kIdle = 16;

std::unexpected<Error> read_only() { return fail("A server's log is read only"); }

}  // namespace

Result<std::unique_ptr<RemoteFiles>> RemoteFiles::open(const std::string& url) {
  COMITY_TRY(auto client, HttpClient::open(url));
  std::unique_ptr<RemoteFiles> files(new RemoteFiles(client.url()));
  files->idle_.push_back(std::move(client));
  return files;
}

Result<HttpAnswer> RemoteFiles::ask(const HttpClient::Ask& ask) const {
  std::optional<HttpClient> client;
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      client.emplace(std::move(idle_.back()));
      idle_.pop_back();
    }
  }
  if (!client) {
    COMITY_TRY(client, HttpClient::open(url_));
  }
  auto answer = client->get(ask);
  const std::scoped_lock lock(mutex_);
  if (idle_.size() < kIdle) idle_.push_back(std::move(*client));
  return answer;
}

Result<std::optional<Bytes>> RemoteFiles::read(std::string_view path, std::uint64_t limit) const {
  const bool is_checkpoint = path == log::kCheckpointPath;
  if (is_checkpoint) {
    const std::scoped_lock lock(mutex_);
    if (checkpoint_) return checkpoint_;
  }
  COMITY_TRY(auto answer, ask({.path = fmt::format("/{}", path), .limit = limit}));
  if (answer.status == 404) return std::nullopt;
  if (answer.status != 200) return std::unexpected<Error>(error_of(answer, url_));
  if (answer.body.size() > limit)
    return refuse("file-too-large", fmt::format("{}/{} holds more than the {} bytes that it may.",
                                                url_, path, limit));
  if (is_checkpoint) {
    const std::scoped_lock lock(mutex_);
    if (!checkpoint_) checkpoint_ = answer.body;
    return checkpoint_;
  }
  return std::move(answer.body);
}

Result<std::optional<Bytes>> RemoteFiles::read_range(std::string_view path, std::uint64_t offset,
                                                     std::uint64_t size) const {
  if (size == 0) return Bytes{};
  COMITY_TRY(auto answer, ask(range_of(path, offset, size)));
  if (answer.status == 451) return read_around(path, offset, size, answer.field("withheld"));
  return take_range(path, size, std::move(answer));
}

HttpClient::Ask RemoteFiles::range_of(std::string_view path, std::uint64_t offset,
                                      std::uint64_t size) {
  return {.path = fmt::format("/{}", path),
          .range = fmt::format("{}-{}", offset, offset + size - 1),
          .limit = size};
}

Result<std::optional<Bytes>> RemoteFiles::take_range(std::string_view path, std::uint64_t size,
                                                     HttpAnswer answer) const {
  if (answer.status == 404 || answer.status == 416) return std::nullopt;
  if (answer.status != 206) return std::unexpected<Error>(error_of(answer, url_));
  if (answer.body.size() < size) return std::nullopt;  // the file ends earlier
  if (answer.body.size() > size)
    return fail(fmt::format("{}/{}: more bytes came than were asked for", url_, path));
  return std::move(answer.body);
}

Result<std::optional<Bytes>> RemoteFiles::read_around(std::string_view path, std::uint64_t offset,
                                                      std::uint64_t size,
                                                      const std::string& withheld) const {
  const auto spans = views::parse_withheld(withheld);
  if (!spans || spans->empty())
    return fail(fmt::format("{}/{}: the server does not say what it withholds", url_, path));
  Bytes all;
  const std::uint64_t end = offset + size;
  const auto read_up_to = [&](std::uint64_t until) -> Result<bool> {
    const std::uint64_t from = offset + all.size();
    if (until <= from) return true;
    COMITY_TRY(auto answer, ask(range_of(path, from, until - from)));
    COMITY_TRY(const auto piece, take_range(path, until - from, std::move(answer)));
    if (piece) comity::append(all, *piece);
    return piece.has_value();
  };
  for (const views::ByteRange& span : *spans) {
    if (span.end <= offset || span.begin >= end) continue;
    COMITY_TRY(const bool there, read_up_to(span.begin));
    if (!there) return std::nullopt;
    all.resize(std::min(span.end, end) - offset);
  }
  if (all.empty()) return fail(fmt::format("{}/{}: nothing of it is withheld", url_, path));
  COMITY_TRY(const bool there, read_up_to(end));
  if (!there) return std::nullopt;
  return all;
}

Result<std::optional<std::uint64_t>> RemoteFiles::size(std::string_view path) const {
  COMITY_TRY(const auto answer, ask({.path = fmt::format("/{}", path), .head = true}));
  if (answer.status == 404) return std::nullopt;
  const auto size = crypto::parse_decimal(answer.field("content-length"));
  if (answer.status != 200 || !size) return std::unexpected<Error>(error_of(answer, url_));
  return *size;
}

Result<std::vector<std::string>> RemoteFiles::list(std::string_view /*directory*/) const {
  return std::vector<std::string>{};
}

Result<void> RemoteFiles::write(std::string_view /*path*/, ByteView /*bytes*/) {
  return read_only();
}
Result<void> RemoteFiles::append(std::string_view /*path*/, std::uint64_t /*offset*/,
                                 ByteView /*bytes*/) {
  return read_only();
}
Result<void> RemoteFiles::overwrite(std::string_view /*path*/, std::uint64_t /*offset*/,
                                    ByteView /*bytes*/) {
  return read_only();
}
Result<void> RemoteFiles::sync() { return read_only(); }
Result<void> RemoteFiles::replace(std::string_view /*path*/, ByteView /*bytes*/) {
  return read_only();
}
Result<void> RemoteFiles::remove(std::string_view /*path*/) { return read_only(); }
Result<std::uint64_t> RemoteFiles::free_space() const { return read_only(); }
Result<std::unique_ptr<FileLock>> RemoteFiles::lock(std::string_view /*path*/) {
  return read_only();
}
Result<std::string> RemoteFiles::place() const { return read_only(); }

}  // namespace comity::cli
