// How long one client waits for its receipt: one filing in flight, checked, admitted, committed
// and proved, on a real directory.
//
// Expected before measuring. The wait is the disk's: one syncfs for bundle, tile and segment, then
// the checkpoint's fsync, rename and fsync of the directory. Beside it stand about 0.1 ms for the
// signature, 0.1 ms for the two signatures that the receipt needs, and whatever of the admission
// state's SQLite log the next syncfs finds dirty. So at most 1.5 times the bare syncs, and 1 ms.
//
// Limit: `bare_syncs` writes files of the same names and sizes, filing by filing, with the fewest
// system calls and the same syncs. Tessera's defaults answer after 254 ms: its batches wait 250 ms.

#include <algorithm>
#include <chrono>

#include <benchmark/benchmark.h>

#include "bench/disk_trace.h"
#include "bench/sample_filings.h"
#include "bench/work_directory.h"

namespace comity {
namespace {

constexpr int kFilings = 100;

double milliseconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

/// A registry with filings to come.
class Client {
 public:
  Client(Files& files, const std::string& directory)
      : registry_(bench::found_registry(files, directory, clock_)) {
    const std::string registrar = bench::registrar_of(*registry_);
    for (int i = 0; i < kFilings; ++i) filings_.push_back(bench::make_filing(registrar, clock_, i));
  }

  void file(int number) {
    Bytes& bytes = filings_[static_cast<std::size_t>(number)];
    auto checked = filing::check(std::move(bytes), registry_->find_key(), reader_);
    COMITY_ASSERT(checked.has_value());
    const auto registered = registry_->sequencer().file(std::move(*checked));
    COMITY_ASSERT(registered.has_value());
    COMITY_ASSERT(registry_->receipt(*registered).has_value());
  }

 private:
  SystemClock clock_;
  std::unique_ptr<log::Registry> registry_;
  std::vector<Bytes> filings_;
  codec::JsonReader reader_;
};

/// What each filing writes, found once.
const std::vector<std::vector<bench::DiskCall>>& traces() {
  static const auto found = [] {
    const bench::WorkDirectory directory;
    auto files = open_directory(directory.path()).value();
    bench::TracedFiles traced(*files);
    Client client(traced, directory.path());
    (void)traced.take();
    std::vector<std::vector<bench::DiskCall>> all;
    for (int i = 0; i < kFilings; ++i) {
      client.file(i);
      all.push_back(traced.take());
    }
    return all;
  }();
  return found;
}

/// The median is the result; the slowest of a hundred says how the disk behaves.
void report(benchmark::State& state, std::vector<double> waits) {
  std::ranges::sort(waits);
  state.SetIterationTime(waits[waits.size() / 2] / 1e3);
  state.counters["p99_ms"] = waits[waits.size() * 99 / 100];
}

void comity_receipt(benchmark::State& state) {
  for (auto _ : state) {
    const bench::WorkDirectory directory;
    auto files = open_directory(directory.path()).value();
    Client client(*files, directory.path());
    bench::WorkDirectory::settle();
    std::vector<double> waits;
    for (int i = 0; i < kFilings; ++i) waits.push_back(milliseconds_of([&] { client.file(i); }));
    report(state, std::move(waits));
  }
}
BENCHMARK(comity_receipt)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

void bare_syncs(benchmark::State& state) {
  const auto& calls = traces();
  for (auto _ : state) {
    const bench::WorkDirectory directory;
    bench::BareDisk disk(directory.path());
    std::vector<double> waits;
    for (const auto& filing : calls) waits.push_back(milliseconds_of([&] { disk.play(filing); }));
    report(state, std::move(waits));
  }
}
BENCHMARK(bare_syncs)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace comity

BENCHMARK_MAIN();
