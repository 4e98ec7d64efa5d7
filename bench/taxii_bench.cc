// How fast TAXII answers, without sockets: a whole collection drained by pages of 100 objects of
// about 2 KB, filed a thousand at a time and one by one.
//
// Expected before measuring. A page takes one walk of 101 rows of SQL with three look-ups in tables
// that are almost empty, some 0.5 us each; three reads of the segments, or one for each half MB,
// and two copies of 200 KB at some GB/s. So 150 us for objects that were filed together, and some
// 100 us more where each has a record of its own whose plan is parsed: 400 to 600 thousand objects
// a second and core.
//
// Limit: OpenTAXII on SQLite serves 8,100 objects a second; the goal is thirty times that for a C
// client over HTTP, 240,000, so that a page may take 400 us of CPU in all.

#include <benchmark/benchmark.h>

#include "log/log_reader.h"
#include "record/follower.h"
#include "views/router.h"
#include "views/taxii_routes.h"

#include "bench/sample_filings.h"
#include "bench/work_directory.h"
#include "query/readers.h"

namespace comity {
namespace {

using views::Method;
using views::Request;
using views::Response;

/// A registry whose record is served.
class Served {
 public:
  explicit Served(int in_filing) {
    const SystemClock clock;
    const int objects = static_cast<int>(bench::setting("COMITY_BENCH_OBJECTS", 100'000));
    const int filed = in_filing == 1 ? objects / 10 : objects;
    {
      const auto registry = bench::found_registry(*files_, directory_.path(), clock);
      const std::string registrar = bench::registrar_of(*registry);
      codec::JsonReader reader;
      for (int first = 0; first < filed; first += in_filing)
        COMITY_ASSERT(registry->sequencer().file(
            bench::checked(bench::make_filing(registrar, clock, first, in_filing), reader)));
    }
    const auto vkey = crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value();
    const auto head = log::LogReader::open(*files_, vkey).value().head();
    const auto follower = record::Follower::open({*files_, directory_.path() + "/index"}).value();
    COMITY_ASSERT(follower->catch_up(head));
    readers_.emplace(follower->path(), *files_);
    views::add_taxii(router_, {.readers = *readers_,
                               .origin = std::string(samples::kOrigin),
                               .registrar = {},
                               .title = "Bench",
                               .contact = ""});
  }

  /// The body of one page, and where the next begins: "" at the end.
  std::pair<std::size_t, std::string> page(const std::string& what, const std::string& next) {
    Request request{.method = Method::get,
                    .target = "/taxii2/public/collections/statements/" + what + "/?limit=100" +
                              (next.empty() ? "" : "&next=" + next),
                    .fields = {},
                    .body = {}};
    request.fields.add("accept", "application/taxii+json;version=2.1");
    std::string body;
    router_.answer(request, [&body](Response response) {
      COMITY_ASSERT(response.status == 200);
      body = std::get<std::string>(std::move(response.body));
    });
    const std::size_t at = body.rfind(R"("next":")");
    if (at == std::string::npos || body.size() - at > 64) return {body.size(), ""};
    return {body.size(), body.substr(at + 8, body.size() - at - 10)};
  }

 private:
  bench::WorkDirectory directory_;
  std::unique_ptr<Files> files_ = open_directory(directory_.path()).value();
  std::optional<query::Readers> readers_;
  views::Router router_;
};

Served& served(int in_filing) {
  static Served together(1000);
  if (in_filing == 1000) return together;
  static Served apart(1);
  return apart;
}

void drain(benchmark::State& state, const std::string& what) {
  Served& registry = served(static_cast<int>(state.range(0)));
  std::string next;
  std::size_t bytes = 0;
  for (auto _ : state) {
    auto [size, behind] = registry.page(what, next);
    bytes += size;
    next = std::move(behind);
  }
  state.SetItemsProcessed(state.iterations() * 100);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void BM_Objects(benchmark::State& state) { drain(state, "objects"); }
void BM_Manifest(benchmark::State& state) { drain(state, "manifest"); }

BENCHMARK(BM_Objects)->ArgName("in_filing")->Arg(1000)->Arg(1);
BENCHMARK(BM_Manifest)->ArgName("in_filing")->Arg(1000)->Arg(1);

}  // namespace
}  // namespace comity

BENCHMARK_MAIN();
