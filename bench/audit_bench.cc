// How fast a log is audited, by two threads: 50,000 filings of one object of 2 KB; and, with the
// digests of the record recomputed, 2,000 filings of 100 such objects.
//
// Expected before measuring. An audit must verify every signature (53 us of a core) and hash every
// byte of bundles and segments once; with 2.6 KB a filing the signatures take 90 % of that. Beside
// them the audit decodes, parses the objects' heads and replays the admissions into a scratch
// database, in order, about 30 us a filing, which the verifying threads must hide. So at least 0.7
// of the limit, and less where the replay has no core of its own.
//
// With the record each object is parsed once more and hashed as it is folded (3 us), and each entry
// is a row (5 us), in order on one thread. In filings of 100 objects a signature costs little, and
// admission's 10 us a version most: 60,000 objects a second, less where the other thread's checks
// (4 us an object) take their share of two cores.
//
// Limit: `bare` verifies the same signatures and hashes the same files, both already in memory,
// on all cores.

#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include <benchmark/benchmark.h>

#include "audit/audit.h"
#include "codec/cose.h"
#include "log/log_reader.h"

#include "bench/sample_filings.h"
#include "bench/work_directory.h"

namespace comity {
namespace {

const unsigned kThreads = std::max(1U, std::thread::hardware_concurrency());

crypto::Vkey vkey() {
  return crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value();
}

/// A log of many filings, made once.
class SampleLog {
 public:
  explicit SampleLog(int filings, int objects = 1)
      : files_(open_directory(directory_.path()).value()) {
    const SystemClock clock;
    const auto registry = bench::found_registry(*files_, directory_.path(), clock);
    const std::string registrar = bench::registrar_of(*registry);
    codec::JsonReader reader;
    const int at_once = std::max(1, 4096 / objects);
    for (int first = 0; first < filings; first += at_once) {
      std::vector<std::future<bool>> answers;
      for (int i = first; i < std::min(first + at_once, filings); ++i) {
        auto promise = std::make_shared<std::promise<bool>>();
        answers.push_back(promise->get_future());
        COMITY_ASSERT(
            registry->sequencer()
                .submit(bench::checked(bench::make_filing(registrar, clock, i * objects, objects),
                                       reader),
                        [promise](const Result<log::Registered>& registered) {
                          promise->set_value(registered.has_value());
                        })
                .has_value());
      }
      for (auto& answer : answers) COMITY_ASSERT(answer.get());
    }
  }

  [[nodiscard]] const Files& files() const { return *files_; }
  [[nodiscard]] const std::string& path() const { return directory_.path(); }

 private:
  bench::WorkDirectory directory_;
  std::unique_ptr<Files> files_;
};

int filings() { return static_cast<int>(bench::setting("COMITY_BENCH_FILINGS", 50'000)); }

const SampleLog& sample() {
  static const SampleLog log(filings());
  return log;
}

const SampleLog& large_filings() {
  static const SampleLog log(std::max(1, filings() / 25), 100);
  return log;
}

audit::Report audited(const SampleLog& log, bool with_record) {
  const bench::WorkDirectory scratch;
  auto report = audit::audit(log.files(), {.log = vkey(),
                                           .scratch_directory = scratch.path(),
                                           .earlier_checkpoints = {},
                                           .with_record = with_record,
                                           .workers = kThreads,
                                           .progress = {}});
  COMITY_ASSERT(report && report->findings.empty());
  return std::move(*report);
}

void comity_audit(benchmark::State& state) {
  const SampleLog& log = sample();
  std::uint64_t entries = 0;
  for (auto _ : state) entries += audited(log, false).entries;
  state.SetItemsProcessed(static_cast<std::int64_t>(entries));
}
BENCHMARK(comity_audit)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void comity_audit_with_record(benchmark::State& state) {
  const SampleLog& log = large_filings();
  std::uint64_t objects = 0;
  for (auto _ : state) objects += audited(log, true).public_objects;
  state.SetItemsProcessed(static_cast<std::int64_t>(objects));
}
BENCHMARK(comity_audit_with_record)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// The same log, without the record.
void audit_alone(benchmark::State& state) {
  const SampleLog& log = large_filings();
  std::uint64_t objects = 0;
  for (auto _ : state) objects += audited(log, false).public_objects;
  state.SetItemsProcessed(static_cast<std::int64_t>(objects));
}
BENCHMARK(audit_alone)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// What an audit cannot do without, laid out in memory.
struct Limit {
  struct Signed {
    Bytes message;
    Bytes signature;
  };
  std::vector<Signed> statements;
  std::vector<Bytes> files;
};

const Limit& limit() {
  static const Limit made = [] {
    Limit limit;
    const Files& files = sample().files();
    const auto log = log::LogReader::open(files, vkey()).value();
    for (std::uint64_t first = 0; first < log.size();) {
      const auto run = log.read_run(first).value();
      for (const ByteView entry : run.entries) {
        const auto statement = filing::parse_statement(entry).value();
        limit.statements.push_back(
            {codec::sig_structure(statement.protected_header, statement.payload),
             to_bytes(statement.signature)});
      }
      first += run.entries.size();
    }
    for (const auto& place : std::filesystem::recursive_directory_iterator(sample().path())) {
      const auto path = std::filesystem::relative(place.path(), sample().path()).string();
      if (place.is_regular_file() && (path.starts_with("tile/") || path.starts_with("segments/")))
        limit.files.push_back(files.read(path, std::uint64_t{1} << 30).value().value());
    }
    return limit;
  }();
  return made;
}

void bare(benchmark::State& state) {
  const Limit& work = limit();
  const crypto::Ed25519Key key = samples::key(1).public_key().as_ed25519();
  const auto share = [&](std::size_t thread) {
    for (std::size_t i = thread; i < work.statements.size(); i += kThreads)
      COMITY_ASSERT(
          crypto::ed25519_verify(key, work.statements[i].message, work.statements[i].signature));
    // The largest files are as many as threads, or of one size: pieces keep the shares even.
    constexpr std::size_t kPiece = 65'536;
    std::size_t turn = 0;
    for (const Bytes& file : work.files)
      for (std::size_t at = 0; at < file.size(); at += kPiece)
        if (turn++ % kThreads == thread)
          benchmark::DoNotOptimize(
              crypto::sha256(ByteView(file).subspan(at, std::min(kPiece, file.size() - at))));
  };
  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < kThreads; ++i) threads.emplace_back(share, i);
    for (auto& thread : threads) thread.join();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(work.statements.size()) * state.iterations());
}
BENCHMARK(bare)->Iterations(1)->MeasureProcessCPUTime()->UseRealTime()->Unit(
    benchmark::kMillisecond);

}  // namespace
}  // namespace comity

BENCHMARK_MAIN();
