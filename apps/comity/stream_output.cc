#include "stream_output.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "log/founding.h"

#include "disk_file.h"

namespace comity::cli {
namespace {

constexpr std::size_t kWritePiece = std::size_t{1} << 18;

}  // namespace

Result<StreamOutput> StreamOutput::open(const std::string& path) {
  if (path.empty()) {
    // Without this, a reader that goes would end the program by a signal.
    std::signal(SIGPIPE, SIG_IGN);
    return StreamOutput({}, {}, Descriptor(::dup(STDOUT_FILENO)));
  }
  std::string fresh = path + "." + log::random_uuid().substr(0, 8);
  Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (file.number() >= 0) return StreamOutput(path, std::move(fresh), std::move(file));
  const int error = errno;
  const auto parent = std::filesystem::path(path).parent_path().string();
  if (!parent.empty() && !is_there(parent))
    return refuse("file-missing",
                  "There is no directory " + parent + "; make it, or name another.");
  return fail("Making " + fresh, error);
}

StreamOutput::StreamOutput(StreamOutput&& other) noexcept
    : path_(std::move(other.path_)),
      fresh_(std::exchange(other.fresh_, {})),
      file_(std::move(other.file_)),
      waiting_(std::move(other.waiting_)),
      closed_(other.closed_) {}

StreamOutput::~StreamOutput() {
  if (!fresh_.empty()) ::unlink(fresh_.c_str());
}

Result<void> StreamOutput::write(std::string_view text) {
  waiting_ += text;
  return waiting_.size() < kWritePiece ? Result<void>{} : flush();
}

Result<void> StreamOutput::flush() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    const ssize_t written = ::write(file_.number(), left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      closed_ = error == EPIPE && path_.empty();
      return fail(path_.empty() ? "Writing the output" : "Writing " + fresh_, error);
    }
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  waiting_.clear();
  return {};
}

Result<void> StreamOutput::finish() {
  COMITY_CHECK(flush());
  if (path_.empty()) return {};
  if (::fsync(file_.number()) != 0) return fail("Syncing " + fresh_, errno);
  if (::rename(fresh_.c_str(), path_.c_str()) != 0) return fail("Naming " + path_, errno);
  fresh_.clear();
  return {};
}

}  // namespace comity::cli
