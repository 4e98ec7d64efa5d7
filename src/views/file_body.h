#pragma once

#include <functional>
#include <string>
#include <utility>

#include "base/files.h"
#include "views/byte_range.h"
#include "views/message.h"

namespace comity::views {

/// Some bytes of a file as a body, read as they are sent. `files` must outlive it. A file that
/// has got shorter in the meantime is a fault.
class FileBody final : public BodySource {
 public:
  /// Asked of each piece before it is given, since it may take hours to send them all; may be
  /// empty.
  using Check = std::function<Result<void>(const ByteRange&)>;

  FileBody(const Files& files, std::string path, const ByteRange& range, Check check)
      : files_(&files), path_(std::move(path)), left_(range), check_(std::move(check)) {}

  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer) override;
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return left_.size(); }

 private:
  const Files* files_;
  std::string path_;
  ByteRange left_;
  Check check_;
};

}  // namespace comity::views
