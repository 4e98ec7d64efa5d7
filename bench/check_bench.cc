// What a filing costs before it reaches the log: the check, which any number of threads share, and
// the admission, which the one sequencer does.
//
// Expected before measuring. Ed25519 by libsodium takes 53 us here, SHA-256 of 2 KB 1.3 us and a
// parse of it by simdjson 1 us. The check adds the strict decoding of CBOR and COSE, a copy of the
// entry, duplicate names in JSON and the head of each object: at most 1.5 times the bare work with
// one object, where the signature rules, and twice with a hundred. Admission asks SQLite for the
// statement, and for the version and the revocation of each object: 15 us with a cold million
// behind it, and about as much again when the batch is folded in. Together with the commit that is
// to stay below 60 us.
//
// Limit: `bare` verifies the same signature, hashes the same bytes (Sig_structure, manifest, salt
// and object) and parses the same objects, with the same libraries called directly.

#include <ctime>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "codec/cose.h"
#include "log/sqlite_state.h"
#include "rules/overlay.h"

#include "bench/sample_changes.h"
#include "bench/sample_filings.h"
#include "bench/work_directory.h"

namespace comity {
namespace {

constexpr int kBatch = 4096;
const SystemClock kClock;

const std::string& filer() {
  static const std::string id = samples::party(1);
  return id;
}

void comity_check(benchmark::State& state) {
  const int objects = static_cast<int>(state.range(0));
  const Bytes filing = bench::make_filing(filer(), kClock, 0, objects);
  const auto find_key = samples::find_among({samples::key(1).public_key()});
  codec::JsonReader reader;
  for (auto _ : state) {
    auto checked = filing::check(filing, find_key, reader);
    COMITY_ASSERT(checked.has_value());
    benchmark::DoNotOptimize(checked);
  }
  state.counters["bytes"] = static_cast<double>(filing.size());
}
BENCHMARK(comity_check)->ArgName("objects")->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);

void bare(benchmark::State& state) {
  const int objects = static_cast<int>(state.range(0));
  codec::JsonReader reader;
  const auto filing = bench::checked(bench::make_filing(filer(), kClock, 0, objects), reader);
  const filing::Statement& statement = filing.statement();
  const Bytes message = codec::sig_structure(statement.protected_header, statement.payload);
  const crypto::Ed25519Key key = filing.key().as_ed25519();
  std::vector<simdjson::padded_string> texts;
  for (const auto& item : filing.items()) texts.emplace_back(as_text(item.content));
  simdjson::dom::parser parser;
  for (auto _ : state) {
    COMITY_ASSERT(crypto::ed25519_verify(key, message, statement.signature));
    benchmark::DoNotOptimize(crypto::sha256(message));
    benchmark::DoNotOptimize(crypto::sha256(filing.manifest()));
    for (const auto& item : filing.items())
      benchmark::DoNotOptimize(crypto::sha256({item.salt, item.content}));
    for (const auto& text : texts) {
      simdjson::dom::element parsed;
      COMITY_ASSERT(parser.parse(text).get(parsed) == simdjson::SUCCESS);
      benchmark::DoNotOptimize(parsed);
    }
  }
}
BENCHMARK(bare)->ArgName("objects")->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);

/// The admission state of a registry that has taken in many filings of one object each.
class LargeState {
 public:
  explicit LargeState(std::uint64_t statements)
      : state_(log::SqliteState::open(directory_.path() + "/admission.sqlite").value()) {
    const log::FoundingPlan plan{.origin = std::string(samples::kOrigin),
                                 .registrar_name = "Bench registrar",
                                 .country = "CH"};
    const auto founding = log::make_founding(plan, bench::registry_keys(), kClock.now()).value();
    for (const auto& entry : founding)
      COMITY_ASSERT(state_->apply(entry.changes(), ++size_).has_value());
    registrar_ = state_->standing()->charter->registrar;
    bench::SampleChanges changes(registrar_, kClock.now());
    while (size_ < statements) {
      const auto batch = changes.of_filings(size_, size_ + kBatch);
      size_ += kBatch;
      COMITY_ASSERT(state_->apply(batch, size_).has_value());
    }
  }

  [[nodiscard]] log::SqliteState& state() { return *state_; }
  [[nodiscard]] std::uint64_t& size() { return size_; }
  [[nodiscard]] const std::string& registrar() const { return registrar_; }

 private:
  bench::WorkDirectory directory_;
  std::unique_ptr<log::SqliteState> state_;
  std::uint64_t size_ = 0;
  std::string registrar_;
};

/// The CPU time of this thread, in microseconds: other programs share the cores.
double cpu_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// As the sequencer does it: each filing on an overlay over the state, then all folded in.
void comity_admit(benchmark::State& state) {
  static LargeState large(bench::setting("COMITY_BENCH_STATEMENTS", 1'000'000));
  static int next = 0;
  codec::JsonReader reader;
  double admitting = 0;
  double folding = 0;
  for (auto _ : state) {
    std::vector<filing::CheckedFiling> filings;
    for (int i = 0; i < kBatch; ++i)
      filings.push_back(
          bench::checked(bench::make_filing(large.registrar(), kClock, next++), reader));
    const double start = cpu_microseconds();
    rules::Overlay overlay(large.state());
    for (auto& filing : filings) {
      auto admitted = rules::admit(std::move(filing), overlay, reader);
      COMITY_ASSERT(admitted.has_value());
      overlay.put(std::get<rules::AdmittedEntry>(*admitted).changes(), ++large.size());
    }
    const double admitted = cpu_microseconds();
    COMITY_ASSERT(large.state().apply(overlay.take(), large.size()).has_value());
    folding += cpu_microseconds() - admitted;
    admitting += admitted - start;
  }
  const double filings = static_cast<double>(state.iterations()) * kBatch;
  state.counters["admit_us"] = admitting / filings;
  state.counters["fold_us"] = folding / filings;
}
BENCHMARK(comity_admit)->Iterations(4)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace comity

BENCHMARK_MAIN();
