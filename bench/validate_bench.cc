// What holding an object against STIX 2.1 costs, beside reading it at all.
//
// Expected before measuring. simdjson's DOM parser reads these texts at about a gigabyte a second:
// 1.3 us for the 1.3 KB of a mean object of ATT&CK without its blanks, 1.9 us with them, as it is
// published and would be filed. The check walks the parsed text once, looks up each name in a table
// of its type, and scans identifiers and timestamps: some twenty properties at 20 ns each. The goal
// is 2 us an object of 2 KB, parse included, where there is no pattern; the objects as filed are
// nearest to that size.
//
// Limits and rivals, in one run: `bare` parses the same texts and walks every value with the parser
// library called directly; `errors` is what a filing goes through; `all` looks for warnings too.
// Each once compact and once `_as_filed`. validate_rivals.py times the OASIS validator and the
// stix2 library on a sample of the same objects.
//
// COMITY_SHARED names the folder with attack/ics-attack-18.1.json; without it the landmark record
// of the project is measured, which is not comparable.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include "codec/json_slices.h"
#include "intake/embedded.h"
#include "intake/landmarks.h"
#include "stix/validator.h"

namespace comity {
namespace {

struct Objects {
  std::vector<std::string> as_filed;
  std::vector<std::string> compact;
};

Objects load() {
  Objects objects;
  const char* shared = std::getenv("COMITY_SHARED");
  const auto path = std::filesystem::path(shared ? shared : "") / "attack" / "ics-attack-18.1.json";
  if (shared && std::filesystem::exists(path)) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto elements = codec::json_elements(as_bytes(text), "objects").value();
    simdjson::dom::parser parser;
    for (const ByteView element : elements) {
      objects.as_filed.emplace_back(as_text(element));
      objects.compact.push_back(simdjson::minify(parser.parse(objects.as_filed.back()).value()));
    }
    return objects;
  }
  const intake::Importer importer{"identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
                                  UnixMicros{1'750'000'000'000'000}};
  const auto record = intake::landmarks(intake::landmarks_json(), importer).value();
  for (const auto& made : record.cases)
    objects.compact.insert(objects.compact.end(), made.objects.begin(), made.objects.end());
  objects.as_filed = objects.compact;
  return objects;
}

const Objects& objects() {
  static const Objects all = load();
  return all;
}

void count(benchmark::State& state, const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const auto& text : texts) bytes += text.size();
  const auto rounds = state.iterations();
  state.SetItemsProcessed(rounds * static_cast<std::int64_t>(texts.size()));
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes));
  state.counters["mean_bytes"] = static_cast<double>(bytes) / static_cast<double>(texts.size());
}

void find_errors(benchmark::State& state, const std::vector<std::string>& texts) {
  codec::JsonReader reader;
  stix::Validator validator;
  for (auto _ : state) {
    for (const auto& text : texts) {
      const auto json = reader.parse(as_bytes(text));
      COMITY_ASSERT(json && !validator.first_error(*json));
    }
  }
  count(state, texts);
}

void errors(benchmark::State& state) { find_errors(state, objects().compact); }
BENCHMARK(errors)->Unit(benchmark::kMillisecond);
void errors_as_filed(benchmark::State& state) { find_errors(state, objects().as_filed); }
BENCHMARK(errors_as_filed)->Unit(benchmark::kMillisecond);

void find_all(benchmark::State& state, const std::vector<std::string>& texts) {
  codec::JsonReader reader;
  stix::Validator validator;
  std::size_t findings = 0;
  for (auto _ : state) {
    for (const auto& text : texts) {
      const auto json = reader.parse(as_bytes(text));
      COMITY_ASSERT(json.has_value());
      findings += validator.validate(*json).size();
    }
  }
  count(state, texts);
  state.counters["findings"] =
      static_cast<double>(findings) / static_cast<double>(state.iterations());
}

void all(benchmark::State& state) { find_all(state, objects().compact); }
BENCHMARK(all)->Unit(benchmark::kMillisecond);
void all_as_filed(benchmark::State& state) { find_all(state, objects().as_filed); }
BENCHMARK(all_as_filed)->Unit(benchmark::kMillisecond);

std::size_t walk(const simdjson::dom::element& element) {
  std::size_t seen = 1;
  if (simdjson::dom::object object; element.get(object) == simdjson::SUCCESS)
    for (const auto [key, value] : object) seen += key.size() + walk(value);
  else if (simdjson::dom::array array; element.get(array) == simdjson::SUCCESS)
    for (const auto value : array) seen += walk(value);
  else if (std::string_view text; element.get(text) == simdjson::SUCCESS)
    seen += text.size();
  return seen;
}

void walk_barely(benchmark::State& state, const std::vector<std::string>& texts) {
  simdjson::dom::parser parser;
  for (auto _ : state) {
    for (const auto& text : texts) {
      simdjson::dom::element root;
      COMITY_ASSERT(parser.parse(text).get(root) == simdjson::SUCCESS);
      benchmark::DoNotOptimize(walk(root));
    }
  }
  count(state, texts);
}

void bare(benchmark::State& state) { walk_barely(state, objects().compact); }
BENCHMARK(bare)->Unit(benchmark::kMillisecond);
void bare_as_filed(benchmark::State& state) { walk_barely(state, objects().as_filed); }
BENCHMARK(bare_as_filed)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace comity

BENCHMARK_MAIN();
