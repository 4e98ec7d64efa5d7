// Stands in for libFuzzer where a fuzz target is built as a test: runs it on every file of the
// directories named, on each prefix of the file, and on each of its bits flipped (first 4 KiB).

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kNear = 4096;
std::size_t runs = 0;

void run(const std::vector<std::uint8_t>& input) {
  // An exact heap copy, so that a read past the end is seen by the address sanitizer.
  const std::vector<std::uint8_t> exact(input.begin(), input.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  ++runs;
}

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

}  // namespace

int main(int argc, char** argv) {
  std::size_t files = 0;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      run_with_neighbours({std::istreambuf_iterator<char>(in), {}});
      ++files;
    }
  }
  std::printf("%zu corpus files, %zu runs\n", files, runs);
  if (files > 0) return 0;
  std::printf("the corpus is missing: name its directory\n");
  return 1;
}
