#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include <unistd.h>

#include "base/error.h"

namespace comity::bench {

/// A directory on the disk that is measured: beneath $COMITY_BENCH_DIRECTORY, or where the program
/// was started. Goes with all that is in it.
class WorkDirectory {
 public:
  WorkDirectory() {
    const char* parent = std::getenv("COMITY_BENCH_DIRECTORY");
    path_ = std::filesystem::absolute(parent != nullptr ? parent : ".") / "comity-bench-XXXXXX";
    COMITY_ASSERT(::mkdtemp(path_.data()) != nullptr);
    settle();
  }
  /// What was removed must not be waited for by the next measurement's sync.
  ~WorkDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
    ::sync();
  }
  WorkDirectory(const WorkDirectory&) = delete;
  WorkDirectory& operator=(const WorkDirectory&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Lets the disk finish what it still has to do for earlier work.
  static void settle() { ::sync(); }

 private:
  std::string path_;
};

/// A whole number from the environment, for shorter or longer runs.
inline std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace comity::bench
