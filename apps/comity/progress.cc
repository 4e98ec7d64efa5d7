#include "progress.h"

#include <cstdio>
#include <utility>

#include <unistd.h>

#include "text.h"

namespace comity::cli {
namespace {

constexpr std::chrono::milliseconds kFirst{500};
constexpr std::chrono::milliseconds kAgain{100};

}  // namespace

Progress::Progress(std::string what, std::uint64_t total, Shown shown)
    : what_(std::move(what)),
      total_(total),
      shown_(shown == Shown::if_terminal && isatty(STDERR_FILENO) == 1),
      next_(std::chrono::steady_clock::now() + kFirst) {}

Progress::~Progress() {
  if (printed_) std::fputs("\r\033[K", stderr);
}

void Progress::at(std::uint64_t done) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kAgain;
  printed_ = true;
  const std::string of = total_ == 0 ? "" : " of " + grouped(total_);
  std::fprintf(stderr, "\r\033[K%s: %s%s", what_.c_str(), grouped(done).c_str(), of.c_str());
  std::fflush(stderr);
}

std::function<void(std::uint64_t)> Progress::counter() {
  return [this](std::uint64_t done) { at(done); };
}

}  // namespace comity::cli
