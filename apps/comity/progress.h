#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace comity::cli {

/// A line on stderr that counts, where stderr is a terminal and the work is long (half a second);
/// wiped when this goes. One thread.
class Progress {
 public:
  enum class Shown { if_terminal, never };

  /// `total` 0 = not known.
  Progress(std::string what, std::uint64_t total, Shown shown);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void at(std::uint64_t done);
  /// The same as a function, which must not outlive this.
  [[nodiscard]] std::function<void(std::uint64_t)> counter();

 private:
  std::string what_;
  std::uint64_t total_;
  bool shown_;
  bool printed_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace comity::cli
