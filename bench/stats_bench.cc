// How long `comity stats` takes to count: the overview of a record of a million objects (a third
// incidents, the rest claims about them), and overview and figures of EuRepoC 1.1 (1,643 incidents,
// 7,000 objects, some 200 fields each).
//
// Expected before measuring. Nothing is kept counted, so that every number can be asked as of any
// size: an overview goes through all incidents, claims and facts of five fields. At a million
// objects that are 330,000 incidents with their versions at 1.5 us, 670,000 claims with version and
// subject at 3 us, 2 million facts in their index at 0.3 us, and a million versions by their party
// at 0.5 us: 3.5 s. EuRepoC is 1/150 of it, so its overview takes 25 ms; its figures read some 30
// columns of 10,000 rows, at 0.5 us a value 150 ms.
//
// Limit: `bare_walk`, plain SQL that goes through the same rows and adds up one column, counting
// nothing: the overview within twice of it. For the figures of EuRepoC a second, after which a
// person wonders. `COMITY_BENCH_RECORD` names a directory where log and record are kept for further
// runs; EuRepoC is looked for in `COMITY_SHARED`.

#include <fstream>
#include <iterator>

#include <benchmark/benchmark.h>

#include "intake/eurepoc.h"

#include "bench/sample_record.h"
#include "query/eurepoc_figures.h"
#include "query/overview.h"

namespace comity {
namespace {

std::string read_file(const std::string& name) {
  const std::string path = std::string(std::getenv("COMITY_SHARED")) + "/eurepoc/" + name;
  std::ifstream in(path, std::ios::binary);
  COMITY_ASSERT(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

/// EuRepoC, imported and folded for this run.
class EurepocRecord {
 public:
  EurepocRecord() : log_("COMITY_BENCH_EUREPOC", fill) {
    const auto follower = record::Follower::open({log_.files(), log_.path() + "/index"}).value();
    COMITY_ASSERT(follower->catch_up(log_.head()));
    path_ = follower->path();
  }

  [[nodiscard]] query::Snapshot snapshot() const { return query::Snapshot::open(path_).value(); }

 private:
  static void fill(const bench::SampleLog::File& file) {
    const std::string global = read_file("EuRepoC_Global_Database_1.1.csv");
    const std::string attribution = read_file("EuRepoC_Attribution_dataset_1.1.csv");
    const std::string receiver = read_file("EuRepoC_Receiver_dataset_1.1.csv");
    const auto imported =
        intake::eurepoc({as_bytes(global), as_bytes(attribution), as_bytes(receiver)},
                        {samples::party(1), UnixMicros{1'767'323'045'000'000}})
            .value();
    bench::file_range(file, 0, static_cast<int>(imported.objects.size()),
                      [&](int i) { return imported.objects[static_cast<std::size_t>(i)]; });
  }

  bench::SampleLog log_;
  std::string path_;
};

template <class Record>
const Record& sample() {
  static const Record record;
  return record;
}

template <class Record>
void comity_overview(benchmark::State& state) {
  const auto snapshot = sample<Record>().snapshot();
  for (auto _ : state) {
    const auto found = query::overview(snapshot, snapshot.stamp().size, {});
    COMITY_ASSERT(found && found->incidents > 0);
  }
}

void comity_figures(benchmark::State& state) {
  const auto snapshot = sample<EurepocRecord>().snapshot();
  const auto size = snapshot.stamp().size;
  for (auto _ : state) {
    const auto sets = query::data_sets(snapshot, size).value();
    COMITY_ASSERT(sets.size() == 1);
    COMITY_ASSERT(query::eurepoc_figures(snapshot, size, sets.front()));
  }
}

/// The rows of an overview: incidents, facts of five fields, claims, responses, versions.
template <class Record>
void bare_walk(benchmark::State& state) {
  const auto snapshot = sample<Record>().snapshot();
  for (auto _ : state)
    for (const char* sql :
         {"SELECT sum(v.party) FROM incident i CROSS JOIN version v ON v.id = i.version",
          "SELECT sum(f.version) FROM word w CROSS JOIN fact f ON f.field = w.id WHERE w.text IN "
          "('victims.countries', 'victims.sectors', 'effects', 'techniques', 'doubtful')",
          "SELECT sum(a.object + v.party) FROM claim c CROSS JOIN version v ON v.id = c.version "
          "CROSS JOIN about a ON a.version = c.version",
          "SELECT ifnull(sum(t.target), 0) FROM response r CROSS JOIN version v ON v.id = "
          "r.version "
          "CROSS JOIN relation t ON t.source = v.object",
          "SELECT sum(party) FROM version"})
      benchmark::DoNotOptimize(snapshot.database().integer(sql).value());
}

void add(const std::string& name, void (*run)(benchmark::State&)) {
  benchmark::RegisterBenchmark(name.c_str(), run)
      ->Iterations(1)
      ->MeasureProcessCPUTime()
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

void register_all() {
  add("comity_overview/objects", comity_overview<bench::SampleRecord>);
  add("bare_walk/objects", bare_walk<bench::SampleRecord>);
  if (std::getenv("COMITY_SHARED") == nullptr) return;
  add("comity_overview/eurepoc", comity_overview<EurepocRecord>);
  add("bare_walk/eurepoc", bare_walk<EurepocRecord>);
  add("comity_figures/eurepoc", comity_figures);
}

}  // namespace
}  // namespace comity

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  comity::register_all();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
