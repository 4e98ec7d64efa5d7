// How fast opaque leaves of 2 KiB become durable in the log, in process: 4,096 are handed in at a
// time and committed in batches of 256 to 4,096, each batch synced and signed before the next.
//
// Expected before measuring. A batch of 4,096 is 8 MiB in 16 bundles and 16 tiles, one syncfs and
// the checkpoint's two fsyncs. Hashing takes 4,096 * 2 KiB at 1.5 GB/s = 6 ms, beside the commit of
// the batch before for batches of up to 2,048; copying into bundles and the page cache takes about
// the same, and the disk does what the bare rows show; so at least half of the bare rate. Tessera's
// callers hash their leaves too, on all cores. Tessera writes each file with O_SYNC, renames it and
// fsyncs its directory, one after the other, so it pays some three journal commits a file where we
// pay three a batch: expected are 24-38k leaves/s for it, and at least three times its best for us.
//
// Limits: `bare_files` writes files of the same names and sizes with the fewest system calls and
// the same syncs; `one_file` appends the same bytes to one file and calls fdatasync once a batch.
// Rival: Tessera 1.0.4's POSIX storage (bench/tessera), timed until the last index is there, which
// is when it has integrated the leaf durably; its published checkpoint may come 100 ms later and is
// not waited for, in its favour.

#include <chrono>
#include <cstdio>
#include <future>
#include <map>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "bench/disk_trace.h"
#include "bench/one_run.h"
#include "bench/opaque_entry.h"
#include "bench/work_directory.h"

namespace comity {
namespace {

constexpr std::size_t kLeafBytes = 2048;
constexpr std::size_t kInFlight = 4096;
const std::uint64_t kLeaves = bench::setting("COMITY_BENCH_LEAVES", 65'536);

/// Different bytes for each leaf, without the cost of making them inside the measurement.
const std::vector<Bytes>& leaves() {
  static const std::vector<Bytes> made = [] {
    std::vector<Bytes> all;
    all.reserve(kLeaves);
    for (std::uint64_t i = 0; i < kLeaves; ++i)
      all.push_back(log::sample::text("leaf", i, kLeafBytes));
    return all;
  }();
  return made;
}

double seconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<log::EntryContent> hash_batch(std::size_t first, std::size_t count) {
  std::vector<log::EntryContent> contents;
  contents.reserve(count);
  for (const Bytes& entry : std::span(leaves()).subspan(first, count))
    contents.push_back(bench::opaque(entry));
  return contents;
}

/// As in a registry, whose workers check and hash what waits while the log's one thread commits: a
/// batch is hashed beside the commit of the one before it, where both are within the 4,096.
void append_all(log::Committer& committer, std::size_t batch) {
  const std::size_t ahead = 2 * batch <= kInFlight ? batch : 0;
  std::future<std::vector<log::EntryContent>> next;
  for (std::size_t first = 0; first + batch <= leaves().size(); first += batch) {
    const auto contents = next.valid() ? next.get() : hash_batch(first, batch);
    if (ahead != 0 && first + 2 * batch <= leaves().size())
      next = std::async(std::launch::async, hash_batch, first + batch, batch);
    COMITY_ASSERT(committer.commit_unadmitted(contents).has_value());
  }
}

void comity_log(benchmark::State& state) {
  for (auto _ : state) {
    const bench::WorkDirectory directory;
    auto files = open_directory(directory.path()).value();
    auto committer = log::Committer::create(*files, bench::sample_signer()).value();
    state.SetIterationTime(
        seconds_of([&] { append_all(committer, static_cast<std::size_t>(state.range(0))); }));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kLeaves) * state.iterations());
}

/// What the log writes for these leaves, found once for each size of batches.
const std::vector<bench::DiskCall>& trace(std::size_t batch) {
  static std::map<std::size_t, std::vector<bench::DiskCall>> traces;
  if (!traces.contains(batch)) {
    const bench::WorkDirectory directory;
    auto files = open_directory(directory.path()).value();
    bench::TracedFiles traced(*files);
    auto committer = log::Committer::create(traced, bench::sample_signer()).value();
    (void)traced.take();
    append_all(committer, batch);
    traces[batch] = traced.take();
  }
  return traces[batch];
}

void bare_files(benchmark::State& state) {
  const auto& calls = trace(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const bench::WorkDirectory directory;
    bench::BareDisk disk(directory.path());
    state.SetIterationTime(seconds_of([&] { disk.play(calls); }));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kLeaves) * state.iterations());
}

void one_file(benchmark::State& state) {
  const auto bytes = static_cast<std::size_t>(state.range(0)) * kLeafBytes;
  const Bytes batch(bytes, std::byte{'x'});
  for (auto _ : state) {
    const bench::WorkDirectory directory;
    const int file = ::open((directory.path() + "/log").c_str(), O_WRONLY | O_CREAT, 0644);
    state.SetIterationTime(seconds_of([&] {
      for (std::uint64_t done = 0; done < kLeaves * kLeafBytes; done += bytes) {
        COMITY_ASSERT(::write(file, batch.data(), bytes) == static_cast<ssize_t>(bytes));
        COMITY_ASSERT(::fdatasync(file) == 0);
      }
    }));
    ::close(file);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kLeaves) * state.iterations());
}

/// Runs bench/tessera, which prints the seconds that it took.
void tessera(benchmark::State& state) {
  const char* program = std::getenv("COMITY_TESSERA");
  for (auto _ : state) {
    const bench::WorkDirectory directory;
    const std::string command =
        fmt::format("{} -dir {} -leaves {} -size {} -in-flight 4096 -batch {}", program,
                    directory.path(), kLeaves, kLeafBytes, state.range(0));
    std::FILE* output = ::popen(command.c_str(), "r");
    double seconds = 0;
    if (output == nullptr || std::fscanf(output, "%lf", &seconds) != 1 || ::pclose(output) != 0) {
      state.SkipWithError("bench/tessera failed");
      break;
    }
    state.SetIterationTime(seconds);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kLeaves) * state.iterations());
}

int run(int argc, char** argv) {
  for (const int batch : {256, 1024, 2048, 4096}) {
    const auto add = [batch](const char* name, auto* run) {
      bench::register_one_run(name, run)->ArgName("batch")->Arg(batch);
    };
    add("comity", comity_log);
    add("bare_files", bare_files);
    add("one_file", one_file);
    if (std::getenv("COMITY_TESSERA") != nullptr) add("tessera", tessera);
  }
  return bench::run_registered(argc, argv);
}

}  // namespace
}  // namespace comity

int main(int argc, char** argv) { return comity::run(argc, argv); }
