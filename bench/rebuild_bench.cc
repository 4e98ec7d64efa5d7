// How fast the record is rebuilt from a log: filings of 1,000 objects each, incidents and claims on
// them in Comity's extension.
//
// Expected before measuring. A filing of 1,000 objects has one signature, so what an object costs
// is its digest (0.7 us), two parses (1 us each), the admission of its version (10 us in SQLite)
// and its rows in the record: the version, its names, subjects and sources, and some ten facts, at
// 1 us a row in a table that grows at its end and 2 to 3 in an index that is hit at random. So 20
// to 25 us an object, and the goal of 40,000 a second is within reach while the indexes fit in the
// page cache.
//
// What comes one by one into a record with all its indexes hits six more of them at random: half
// of that rate.
//
// Limit: `check_alone` reads and checks the same entries, and writes nothing.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "crypto/uuid.h"
#include "log/log_reader.h"
#include "record/follower.h"
#include "rules/state.h"

#include "bench/sample_log.h"
#include "bench/work_directory.h"

namespace comity {
namespace {

/// An id as importers give it, so that ids come in no order.
std::string id(int number) { return crypto::to_text(crypto::uuid_v5({}, std::to_string(number))); }

std::string incident(int number) {
  return fmt::format(
      R"({{"type":"incident","spec_version":"2.1","id":"incident--{0}","created_by_ref":"{1}",)"
      R"("created":"2026-01-02T00:00:00.000Z","modified":"2026-01-02T00:00:00.000Z",)"
      R"("name":"Incident number {2}","external_references":[{{"source_name":"reports",)"
      R"("url":"https://reports.example.org/{2}"}}],"extensions":{{"{3}":{{"extension_type":)"
      R"("property-extension","kind":"incident",)"
      R"("start":{{"date":"2021-0{4}","precision":"month"}},)"
      R"("end":{{"date":"2022","precision":"year"}},"victims":{{"countries":["FR","DE"],)"
      R"("sectors":["government","energy"]}},"actor_types":["criminal"],"effects":["availability",)"
      R"("integrity"],"techniques":["ddos"],"flags":["cross_border"],)"
      R"("response_search":"not_searched"}}}},"object_marking_refs":["{5}"]}})",
      id(number), samples::party(1), number, filing::kExtensionId, number % 9 + 1, samples::kClear);
}

std::string claim(int number, int on) {
  return fmt::format(
      R"({{"type":"note","spec_version":"2.1","id":"note--{0}","created_by_ref":"{1}",)"
      R"("created":"2026-01-02T00:00:00.000Z","modified":"2026-01-02T00:00:00.000Z",)"
      R"("content":"A claim that is reported of somebody, in words of some length.",)"
      R"("object_refs":["incident--{2}","{1}"],"extensions":{{"{3}":{{"extension_type":)"
      R"("property-extension","kind":"attribution","scope":"reported","made_by":"Somebody",)"
      R"("made_by_ref":"{1}","claimant_kind":"company","date":{{"date":"2021-12-0{4}","precision":)"
      R"("day"}},"statement_type":"technical","strength":4,"state":"XX","wording":"says so",)"
      R"("wording_language":"en","wording_form":"paraphrase","record_basis":"data"}}}},)"
      R"("object_marking_refs":["{5}"]}})",
      id(number), samples::party(1), id(on), filing::kExtensionId, number % 9 + 1, samples::kClear);
}

/// A log of many objects; $COMITY_BENCH_LOG may keep it.
const bench::SampleLog& sample() {
  static const bench::SampleLog log("COMITY_BENCH_LOG", [](const auto& file) {
    bench::file_range(file, 0, bench::sample_objects(), [](int number) {
      return number % 3 == 0 ? incident(number) : claim(number, number - number % 3);
    });
  });
  return log;
}

void comity_rebuild(benchmark::State& state) {
  for (auto _ : state) {
    const bench::WorkDirectory place;
    const auto follower = record::Follower::open({sample().files(), place.path()}).value();
    COMITY_ASSERT(follower->catch_up(sample().head()));
  }
  state.SetItemsProcessed(bench::sample_objects() * state.iterations());
}
BENCHMARK(comity_rebuild)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

std::int64_t versions(const record::Follower& follower) {
  return follower.fold().store().database().integer("SELECT count(*) FROM version").value();
}

/// The last hundred entries into a record that has all before them, and all its indexes.
void comity_fold(benchmark::State& state) {
  constexpr std::uint64_t kEntries = 100;
  const crypto::TreeHead head = sample().head();
  const log::LogReader log(sample().files(), head);
  const auto before =
      crypto::read_range(crypto::TreeSize{crypto::count(head.size) - kEntries}, log.tiles())
          .value();
  std::int64_t folded = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const bench::WorkDirectory place;
    const auto follower = record::Follower::open({sample().files(), place.path()}).value();
    COMITY_ASSERT(follower->catch_up(before.head()));
    folded -= versions(*follower);
    state.ResumeTiming();
    COMITY_ASSERT(follower->catch_up(head));
    state.PauseTiming();
    folded += versions(*follower);
    state.ResumeTiming();
  }
  state.SetItemsProcessed(folded);
}
BENCHMARK(comity_fold)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void check_alone(benchmark::State& state) {
  const auto find_key = samples::find_among({samples::key(1).public_key()});
  for (auto _ : state) {
    const log::LogReader log(sample().files(), sample().head());
    const auto visible =
        log::SegmentReader::open(sample().files(), log::SegmentKind::visible, sample().head().size)
            .value();
    auto walk = log::EntryWalk::open(log, {visible, nullptr}, 0).value();
    codec::JsonReader reader;
    while (true) {
      const auto stored = walk.next().value();
      if (!stored) break;
      COMITY_ASSERT(log::check_entry(*stored, find_key, reader));
    }
  }
  state.SetItemsProcessed(bench::sample_objects() * state.iterations());
}
BENCHMARK(check_alone)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace comity

BENCHMARK_MAIN();
