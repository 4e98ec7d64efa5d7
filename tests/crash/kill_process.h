#pragma once

#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace comity::crash {

/// A child process whose output is read, and which is killed and waited for at the latest when this
/// goes. One thread.
class KillProcess {
 public:
  using Clock = std::chrono::steady_clock;

  KillProcess(const char* program, const char* first, const char* second) {
    int ends[2];
    if (::pipe(ends) != 0) return;
    process_ = ::fork();
    if (process_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      ::execl(program, program, first, second, nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }
  ~KillProcess() {
    kill();
    if (output_ >= 0) ::close(output_);
  }
  KillProcess(const KillProcess&) = delete;
  KillProcess& operator=(const KillProcess&) = delete;

  /// Reads until that moment, or the end of the output, or, where wanted, the first output.
  enum class Until { moment, first_output };
  void read_until(Clock::time_point moment, Until until = Until::moment) {
    while (output_ >= 0 && (until == Until::moment || text_.empty())) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(moment - Clock::now()).count();
      if (left < 0) return;
      pollfd ready{output_, POLLIN, 0};
      if (::poll(&ready, 1, static_cast<int>(left)) > 0 && !read_some()) return;
    }
  }

  /// Kills it, and reads the rest of what it said. The status as waitpid(2) gives it.
  std::optional<int> kill() {
    if (process_ <= 0) return std::nullopt;
    ::kill(process_, SIGKILL);
    while (read_some()) {
    }
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    return status;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  bool read_some() {
    char bytes[65536];
    const auto count = ::read(output_, bytes, sizeof bytes);
    if (count > 0) text_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  pid_t process_ = -1;
  int output_ = -1;
  std::string text_;
};

}  // namespace comity::crash
