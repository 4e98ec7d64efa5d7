#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/error.h"

namespace comity::cli {

/// Where a long result goes piece by piece: standard output, or a file that appears under its name
/// when it is whole, and not at all where that fails. One thread.
class StreamOutput {
 public:
  /// "" is standard output. Refuses `file-missing` where the file's directory is not there.
  [[nodiscard]] static Result<StreamOutput> open(const std::string& path);
  ~StreamOutput();
  StreamOutput(StreamOutput&& other) noexcept;
  StreamOutput& operator=(StreamOutput&&) = delete;
  StreamOutput(const StreamOutput&) = delete;
  StreamOutput& operator=(const StreamOutput&) = delete;

  Result<void> write(std::string_view text);
  /// Writes what is left, syncs a file and gives it its name.
  Result<void> finish();

  /// Whether whoever reads standard output has gone, which the last error was about: enough was
  /// read, as with `head`, and nothing is wrong.
  [[nodiscard]] bool is_closed() const { return closed_; }

 private:
  StreamOutput(std::string path, std::string fresh, Descriptor file)
      : path_(std::move(path)), fresh_(std::move(fresh)), file_(std::move(file)) {}
  Result<void> flush();

  std::string path_;
  std::string fresh_;  // the temporary name; empty once it has its own, or on standard output
  Descriptor file_;
  std::string waiting_;
  bool closed_ = false;
};

}  // namespace comity::cli
