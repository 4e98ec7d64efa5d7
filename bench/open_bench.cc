// How long it takes, and how much memory, to open a log of 1 and of 10 million entries: for
// writing (Committer, with its check of what stands on disk) and for reading.
//
// Expected before measuring. Opening reads the checkpoint, the epoch, the last bundle and one tile
// a level: some ten small files whatever the size, so milliseconds and a few MB, the same for both
// sizes. The process is a fresh one each time, so its peak memory is that of the opening; an empty
// one is measured beside it. The files are in the page cache.
//
// Limit: the goal is "milliseconds and a few MB"; `bare_reads` reads ten files of 8 KiB.

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "log/log_reader.h"

#include "bench/one_run.h"
#include "bench/opaque_entry.h"
#include "bench/work_directory.h"

namespace comity {
namespace {

constexpr std::size_t kEntryBytes = 64;
constexpr std::uint64_t kBatch = 65'536;

/// What a fresh process does; it prints milliseconds and its peak memory in KiB.
int open_once(const std::string& what, const std::string& directory) {
  const auto start = std::chrono::steady_clock::now();
  if (what != "nothing") {
    auto files = open_directory(directory).value();
    if (what == "writer") {
      COMITY_ASSERT(log::Committer::open(*files, bench::sample_signer()).has_value());
    } else if (what == "reader") {
      const auto vkey =
          crypto::make_vkey(log::sample::kOrigin, bench::sample_signer().key->public_key()).value();
      const auto log = log::LogReader::open(*files, vkey).value();
      const auto middle = crypto::LeafIndex{log.size() / 2};
      COMITY_ASSERT(log.entry(middle).has_value());
      COMITY_ASSERT(log.prove_inclusion(middle).has_value());
    } else {
      for (int i = 0; i < 10; ++i)
        COMITY_ASSERT(files->read(fmt::format("tile/0/00{}", i), 8192).value().has_value());
    }
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  struct rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} {}\n", took.count(), usage.ru_maxrss);
  return 0;
}

/// Logs of opaque entries, made once for each size.
const std::string& log_of(std::uint64_t size) {
  static std::map<std::uint64_t, std::unique_ptr<bench::WorkDirectory>> made;
  auto& directory = made[size];
  if (directory != nullptr) return directory->path();
  directory = std::make_unique<bench::WorkDirectory>();
  auto files = open_directory(directory->path()).value();
  auto committer = log::Committer::create(*files, bench::sample_signer()).value();
  for (std::uint64_t first = 0; first < size; first += kBatch) {
    std::vector<Bytes> entries;
    std::vector<log::EntryContent> contents;
    for (std::uint64_t i = first; i < std::min(size, first + kBatch); ++i)
      entries.push_back(log::sample::text("entry", i, kEntryBytes));
    for (const Bytes& entry : entries) contents.push_back(bench::opaque(entry));
    COMITY_ASSERT(committer.commit_unadmitted(contents).has_value());
  }
  return directory->path();
}

void open_in_new_process(benchmark::State& state, const std::string& what, std::uint64_t size) {
  const std::string& directory = log_of(size);
  double memory = 0;
  for (auto _ : state) {
    const std::string command =
        fmt::format("/proc/{}/exe --open {} {}", ::getpid(), what, directory);
    std::FILE* output = ::popen(command.c_str(), "r");
    double milliseconds = 0;
    const bool read =
        output != nullptr && std::fscanf(output, "%lf %lf", &milliseconds, &memory) == 2;
    COMITY_ASSERT(read && ::pclose(output) == 0);
    state.SetIterationTime(milliseconds / 1e3);
  }
  state.counters["peak_MiB"] = memory / 1024;
}

int run(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == "--open") return open_once(argv[2], argv[3]);
  const std::uint64_t million = bench::setting("COMITY_BENCH_MILLION", 1'000'000);
  for (const std::uint64_t millions : {1, 10})
    for (const char* what : {"writer", "reader", "bare_reads", "nothing"})
      bench::register_one_run(
          fmt::format("{}/millions:{}", what, millions),
          [=](benchmark::State& state) { open_in_new_process(state, what, millions * million); });
  return bench::run_registered(argc, argv);
}

}  // namespace
}  // namespace comity

int main(int argc, char** argv) { return comity::run(argc, argv); }
