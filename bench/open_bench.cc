// How long it takes, and how much memory, to open a log of 1 and of 10 million entries: for
// writing (Committer, with its check of what stands on disk) and for reading. And a registry of 1
// million, as the server opens it: Registry::open, with keys, admission state and sequencer.
//
// The entries are opaque, with manifests and parts in both kinds of segments
// (tests/log/sample_log.h): to sign, check and admit as many filings would take minutes. Those of
// the registry stand behind its founding, and its admission state is that of as many filings of one
// object each.
//
// Expected before measuring. Opening reads the checkpoint, the epoch, the last bundle, one tile a
// level and the last rows of each segment index: some ten small files whatever the size, so
// milliseconds and a few MB, the same for both sizes. The registry adds SQLite, which is opened
// twice (once for other threads) and asked for the stamp, the charter and one key: a few
// milliseconds and a few MB more, since the state is as large as the log and nothing is replayed.
// The process is a fresh one each time, so its peak memory is that of the opening; an empty one is
// measured beside it. The files are in the page cache.
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
#include "bench/sample_changes.h"
#include "bench/sample_filings.h"
#include "bench/work_directory.h"

namespace comity {
namespace {

constexpr std::uint64_t kBatch = 65'536;
constexpr std::uint64_t kRegistryBatch = log::SequencerOptions{}.batch_entries;
const SystemClock kClock;

void open_writer(Files& files) {
  COMITY_ASSERT(log::Committer::open(files, bench::sample_signer()).has_value());
}

void open_reader(const Files& files) {
  const auto vkey =
      crypto::make_vkey(log::sample::kOrigin, bench::sample_signer().key->public_key()).value();
  const auto log = log::LogReader::open(files, vkey).value();
  const auto middle = crypto::LeafIndex{log.size() / 2};
  COMITY_ASSERT(log.entry(middle).has_value());
  COMITY_ASSERT(log.prove_inclusion(middle).has_value());
}

std::unique_ptr<log::Registry> open_registry(Files& files, const std::string& directory) {
  const auto not_replayed = [](std::uint64_t) { COMITY_ASSERT(false); };
  auto opened =
      log::Registry::open({files, directory}, std::string(samples::kOrigin), bench::registry_keys(),
                          kClock, {.commit = {}, .sequencer = {}, .progress = not_replayed});
  COMITY_ASSERT(opened.has_value());
  return std::move(*opened);
}

void read_barely(const Files& files) {
  for (int i = 0; i < 10; ++i)
    COMITY_ASSERT(files.read(fmt::format("tile/0/00{}", i), 8192).value().has_value());
}

/// What a fresh process does; it prints milliseconds and its peak memory in KiB.
int open_once(std::string_view what, const std::string& directory) {
  const auto start = std::chrono::steady_clock::now();
  std::unique_ptr<Files> files;
  std::unique_ptr<log::Registry> registry;  // its closing is not measured
  if (what != "nothing") files = open_directory(directory).value();
  if (what == "writer") open_writer(*files);
  if (what == "reader") open_reader(*files);
  if (what == "server") registry = open_registry(*files, directory);
  if (what == "bare_reads") read_barely(*files);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  struct rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} {}\n", took.count(), usage.ru_maxrss);
  return 0;
}

/// Appends entries until there are so many.
void fill_log(log::Committer& committer, std::uint64_t size) {
  while (true) {
    const std::uint64_t first = crypto::count(committer.head().size);
    if (first >= size) return;
    const log::sample::Batch batch(first, std::min(kBatch, size - first));
    COMITY_ASSERT(committer.commit_unadmitted(batch.view()).has_value());
  }
}

void make_log(const std::string& directory, std::uint64_t size) {
  auto files = open_directory(directory).value();
  auto committer = log::Committer::create(*files, bench::sample_signer()).value();
  fill_log(committer, size);
}

void make_registry(const std::string& directory, std::uint64_t size) {
  auto files = open_directory(directory).value();
  const std::string registrar =
      bench::registrar_of(*bench::found_registry(*files, directory, kClock));
  const log::RegistryPlace place{*files, directory};
  auto state = log::SqliteState::open(place.state_path()).value();
  bench::SampleChanges changes(registrar, kClock.now());
  for (std::uint64_t first = state->size().value(); first < size;) {
    const std::uint64_t end = std::min(size, first + kRegistryBatch);
    COMITY_ASSERT(state->apply(changes.of_filings(first, end), end).has_value());
    first = end;
  }
  const auto keys = bench::registry_keys();
  auto committer =
      log::Committer::open(*files, {std::string(samples::kOrigin), &keys.note}).value();
  fill_log(committer, size);
}

using Make = void (*)(const std::string& directory, std::uint64_t size);

/// Made once for each size.
const std::string& made_by(Make make, std::uint64_t size) {
  static std::map<std::pair<Make, std::uint64_t>, std::unique_ptr<bench::WorkDirectory>> made;
  auto& directory = made[{make, size}];
  if (directory == nullptr) {
    directory = std::make_unique<bench::WorkDirectory>();
    make(directory->path(), size);
    bench::WorkDirectory::settle();
  }
  return directory->path();
}

void open_in_new_process(benchmark::State& state, const std::string& what,
                         const std::string& directory) {
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

void register_openings(const std::string& group, Make make, std::uint64_t millions,
                       std::initializer_list<const char*> contenders) {
  const std::uint64_t million = bench::setting("COMITY_BENCH_MILLION", 1'000'000);
  for (const char* what : contenders)
    bench::register_one_run(fmt::format("{}{}/millions:{}", group, what, millions),
                            [=](benchmark::State& state) {
                              open_in_new_process(state, what, made_by(make, millions * million));
                            });
}

int run(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == "--open") return open_once(argv[2], argv[3]);
  for (const std::uint64_t millions : {1, 10})
    register_openings("", make_log, millions, {"writer", "reader", "bare_reads", "nothing"});
  register_openings("registry_", make_registry, 1, {"server", "bare_reads", "nothing"});
  return bench::run_registered(argc, argv);
}

}  // namespace
}  // namespace comity

int main(int argc, char** argv) { return comity::run(argc, argv); }
