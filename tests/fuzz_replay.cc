// Stands in for libFuzzer where fuzz targets are built as tests: `fuzz_replay TARGET DIRECTORY...`
// runs the target on every file of the directories, on each prefix of the file, and on each of its
// bits flipped (first 4 KiB).

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

#include "tests/fuzz_target.h"

namespace comity::fuzz {
namespace {

using Targets = std::map<std::string_view, FuzzTarget::Run>;

Targets& targets() {
  static Targets all;
  return all;
}

constexpr std::size_t kNear = 4096;

/// How often a target was run on what.
class Replay {
 public:
  explicit Replay(FuzzTarget::Run target) : target_(target) {}

  void run_with_neighbours(const std::vector<std::uint8_t>& input) {
    run(input);
    const std::size_t near = std::min(input.size(), kNear);
    for (std::size_t size = 0; size < near; ++size)
      run({input.begin(), input.begin() + static_cast<std::ptrdiff_t>(size)});
    std::vector<std::uint8_t> flipped = input;
    for (std::size_t bit = 0; bit < near * 8; ++bit) {
      const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
      flipped[bit / 8] ^= mask;
      run(flipped);
      flipped[bit / 8] ^= mask;
    }
  }

  [[nodiscard]] std::size_t runs() const { return runs_; }

 private:
  void run(const std::vector<std::uint8_t>& input) {
    // An exact heap copy, so that a read past the end is seen by the address sanitizer.
    const std::vector<std::uint8_t> exact(input.begin(), input.end());
    target_(exact.data(), exact.size());
    ++runs_;
  }

  FuzzTarget::Run target_;
  std::size_t runs_ = 0;
};

}  // namespace

FuzzTarget::FuzzTarget(std::string_view name, Run run) {
  const bool is_new = targets().emplace(name, run).second;
  COMITY_ASSERT(is_new);
}

}  // namespace comity::fuzz

int main(int argc, char** argv) {
  const auto& targets = comity::fuzz::targets();
  const auto target = argc > 1 ? targets.find(argv[1]) : targets.end();
  if (target == targets.end()) {
    std::printf("usage: fuzz_replay TARGET DIRECTORY...; the targets are\n");
    for (const auto& [name, run] : targets) std::printf("  %s\n", std::string(name).c_str());
    return 2;
  }
  comity::fuzz::Replay replay(target->second);
  std::size_t files = 0;
  for (int i = 2; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      replay.run_with_neighbours({std::istreambuf_iterator<char>(in), {}});
      ++files;
    }
  }
  std::printf("%zu corpus files, %zu runs\n", files, replay.runs());
  if (files > 0) return 0;
  std::printf("the corpus is missing: name its directory\n");
  return 1;
}
