// How long a fixed mix of searches takes on a record of a million objects: a third incidents, the
// rest claims about them, and a thousand actors of ten names.
//
// Expected before measuring. A row that is looked up in a table that fits in the page cache costs 1
// to 2 us, so a thousand candidates held against the filters some 3 ms, and a page of 20 hits with
// their claims, some ten look-ups each, less than 1 ms. Facets of a thousand incidents take seven
// look-ups each: 10 ms. What walks a list takes what it looks at, at most 10,000 rows: 20 ms at the
// very worst, where filters let through almost nothing of much.
//
// Limit: p99 of the mix below 20 ms. `COMITY_BENCH_RECORD` names a directory where log and record
// are kept for further runs.

#include <algorithm>
#include <chrono>
#include <filesystem>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "log/log_reader.h"
#include "record/follower.h"

#include "bench/sample_filings.h"
#include "bench/work_directory.h"
#include "query/search.h"
#include "tests/query/search_samples.h"

namespace comity {
namespace {

using query::SearchKind;
using query::SearchOrder;
using query::SearchRequest;

constexpr int kInFiling = 1000;
constexpr int kActors = 1000;
constexpr int kFirstActor = 100'000'000;
constexpr int kRuns = 200;

const std::vector<std::string>& countries() {
  static const std::vector<std::string> all{"US", "US", "US", "US", "DE", "DE", "UA", "FR",
                                            "GB", "IN", "IL", "KR", "JP", "TW", "EE", "LI"};
  return all;
}

std::string pick(const std::vector<std::string>& values, int number) {
  return values[static_cast<std::size_t>(number) * 2'654'435'761U % values.size()];
}

std::string incident(int number) {
  static const std::vector<std::string> kWhat{"Ransomware attack", "Data theft", "Wiper",
                                              "Defacement", "Denial of service"};
  static const std::vector<std::string> kWhom{"ministry", "hospital", "bank", "utility", "company"};
  const bool is_rare = number % 30'000 == 0;
  return samples::incident(
      {.number = number,
       .name = fmt::format("{} on a {} {}", pick(kWhat, number), pick(kWhom, number / 3), number),
       .description = fmt::format("An incident that is reported of somebody, in words of some "
                                  "length, with a number {}{}.",
                                  number, is_rare ? ", a zylophon" : ""),
       .date = fmt::format("20{:02}-{:02}", 10 + number % 15, number / 15 % 12 + 1),
       .countries = {pick(countries(), number), pick(countries(), number / 7 + 1)},
       .sectors = {pick({"government", "energy", "health", "finance"}, number)},
       .effects = {pick({"availability", "integrity", "confidentiality"}, number)},
       .techniques = {pick({"ddos", "phishing", "wiper", "worm"}, number)},
       .response = pick({"not_searched", "not_searched", "searched_none_found", "found"}, number)},
      1);
}

std::string claim(int number) {
  return samples::claim(
      {.number = number,
       .on = number - number % 3,
       .made_by = number % 6 == 1 ? "Somebody" : fmt::format("Body {}", number % 97),
       .actor = kFirstActor + number % kActors,
       .wording = "says so in words of some length",
       .date = "2024-02-03"},
      1);
}

std::string actor(int number) {
  std::vector<std::string> aliases;
  for (int i = 0; i < 9; ++i) aliases.push_back(fmt::format("Alias {} of {}", i, number));
  return samples::actor(
      {.number = kFirstActor + number, .name = fmt::format("APT {}", number), .aliases = aliases},
      1);
}

/// The record, made by the fold of a log.
class SampleRecord {
 public:
  SampleRecord() {
    const char* kept = std::getenv("COMITY_BENCH_RECORD");
    if (kept == nullptr) own_.emplace();
    const std::string path = kept == nullptr ? own_->path() : kept;
    std::filesystem::create_directories(path);
    files_ = open_directory(path).value();
    if (!std::filesystem::exists(path + "/checkpoint")) make(path);
    const auto vkey = crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value();
    const auto head = log::LogReader::open(*files_, vkey).value().head();
    const auto follower = record::Follower::open({*files_, path + "/index"}).value();
    COMITY_ASSERT(follower->catch_up(head));
    path_ = follower->path();
  }

  [[nodiscard]] query::Snapshot snapshot() const { return query::Snapshot::open(path_).value(); }

 private:
  static int objects() {
    return static_cast<int>(bench::setting("COMITY_BENCH_OBJECTS", 1'000'000));
  }
  void make(const std::string& path) {
    const SystemClock clock;
    const auto registry = bench::found_registry(*files_, path, clock);
    const std::string registrar = bench::registrar_of(*registry);
    codec::JsonReader reader;
    const auto file = [&](const std::vector<filing::DraftItem>& items) {
      const filing::Claims claims{registrar,
                                  registrar,
                                  {std::string(samples::kOrigin)},
                                  UnixSeconds{count(clock.now()) / 1'000'000}};
      auto filing = filing::sign_filing(items, claims, samples::key(1)).value();
      COMITY_ASSERT(registry->sequencer().file(bench::checked(std::move(filing.filing), reader)));
    };
    std::vector<filing::DraftItem> actors;
    for (int i = 0; i < kActors; ++i) actors.push_back(samples::open_to_all(actor(i)));
    file(actors);
    for (int first = 3; first < objects(); first += kInFiling) {
      std::vector<filing::DraftItem> items;
      for (int i = first; i < first + kInFiling; ++i)
        items.push_back(samples::open_to_all(i % 3 == 0 ? incident(i) : claim(i)));
      file(items);
    }
  }

  std::optional<bench::WorkDirectory> own_;
  std::unique_ptr<Files> files_;
  std::string path_;
};

const SampleRecord& sample() {
  static const SampleRecord record;
  return record;
}

struct Named {
  std::string name;
  SearchRequest request;
  int pages = 1;  ///< the page that is asked for
};

std::vector<Named> mix() {
  const query::AsOf middle = query::AtSize{sample().snapshot().stamp().size / 2};
  const auto year = PartialDate::parse("2017").value();
  return {
      {"commonest_word", {.words = "incident"}},
      {"commonest_words", {.words = "reported of somebody in words"}},
      {"rare_word", {.words = "zylophon"}},
      {"common_and_rare", {.words = "somebody zylophon"}},
      {"whole_name", {.words = "APT 500", .filters = {}}},
      {"beginning", {.words = "ransom*"}},
      {"no_hits", {.words = "qwertzuiop"}},
      {"words_and_country", {.words = "ransomware", .filters = {.countries = {"LI"}}}},
      {"country", {.filters = {.countries = {"US"}}}},
      {"three_filters",
       {.filters = {.dates = {.from = year, .to = year},
                    .countries = {"DE"},
                    .effects = {"integrity"}}}},
      {"facets", {.facets = true}},
      {"words_and_facets", {.words = "ransomware", .facets = true}},
      {"country_and_facets", {.filters = {.countries = {"DE"}}, .facets = true}},
      {"as_of", {.words = "incident", .as_of = middle}},
      {"as_of_country", {.filters = {.countries = {"FR"}}, .as_of = middle}},
      {"deep_page", {.order = SearchOrder::date}, 200},
      {"deep_page_of_words", {.words = "incident"}, 40},
      {"actor_of_ten_names", {.filters = {.actor = "Alias 3 of 500"}}},
      {"claimant", {.filters = {.claimant = "Somebody"}}},
      {"claims", {.kind = SearchKind::claims, .words = "says so"}},
      {"actors", {.kind = SearchKind::actors, .words = "alias 3"}},
  };
}

/// The request for that page.
SearchRequest at_page(const query::Snapshot& snapshot, SearchRequest request, int page) {
  for (int i = 1; i < page; ++i) {
    const std::string next = query::search(snapshot, request).value().next;
    if (next.empty()) break;
    request.after = next;
  }
  return request;
}

double milliseconds(const query::Snapshot& snapshot, const SearchRequest& request) {
  const auto start = std::chrono::steady_clock::now();
  const auto page = query::search(snapshot, request);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  COMITY_ASSERT(page.has_value());
  benchmark::DoNotOptimize(page->count);
  return took.count();
}

void report(benchmark::State& state, std::vector<double> times) {
  std::ranges::sort(times);
  state.counters["p50_ms"] = times[times.size() / 2];
  state.counters["p99_ms"] = times[times.size() * 99 / 100];
}

void one(benchmark::State& state, const Named& named) {
  const auto snapshot = sample().snapshot();
  const auto request = at_page(snapshot, named.request, named.pages);
  milliseconds(snapshot, request);
  for (auto _ : state) {
    std::vector<double> times;
    for (int i = 0; i < kRuns; ++i) times.push_back(milliseconds(snapshot, request));
    report(state, std::move(times));
  }
}

/// All of them in turn.
void all(benchmark::State& state, const std::vector<Named>& queries) {
  const auto snapshot = sample().snapshot();
  std::vector<SearchRequest> requests;
  for (const Named& it : queries) requests.push_back(at_page(snapshot, it.request, it.pages));
  for (const SearchRequest& request : requests) milliseconds(snapshot, request);
  for (auto _ : state) {
    std::vector<double> times;
    for (int i = 0; i < kRuns; ++i)
      for (const SearchRequest& request : requests)
        times.push_back(milliseconds(snapshot, request));
    report(state, std::move(times));
  }
}

void register_all() {
  const auto queries = mix();
  const auto add = [](const std::string& name, const auto& run) {
    benchmark::RegisterBenchmark(name.c_str(), run)
        ->Iterations(1)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  for (const Named& it : queries) add(it.name, [it](benchmark::State& state) { one(state, it); });
  add("mix", [queries](benchmark::State& state) { all(state, queries); });
}

}  // namespace
}  // namespace comity

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  comity::register_all();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
