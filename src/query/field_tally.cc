#include "query/field_tally.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

namespace comity::query {
namespace {

/// Counts versions under the value that the facts, sorted by it, have come to.
class Counter {
 public:
  explicit Counter(const IncidentSet& incidents)
      : finder_(incidents.versions), stated_(incidents.size()) {}

  void take(const FactReader::Fact& fact) {
    const auto row = finder_.row(fact.version, 0);
    if (!row) return;
    stated_.set(*row);
    if (counts_.empty() || counts_.back().value != fact.value) {
      counts_.push_back({.value = fact.value, .count = 0});
      last_.reset();
    }
    if (last_ == row) return;
    last_ = row;
    ++counts_.back().count;
  }

  struct Count {
    std::int64_t value = 0;
    std::uint64_t count = 0;
  };
  [[nodiscard]] const std::vector<Count>& counts() const { return counts_; }
  [[nodiscard]] std::uint64_t stated() const { return stated_.count(); }

 private:
  RowPlaces::Finder finder_;
  Marks stated_;
  std::optional<std::uint32_t> last_;
  std::vector<Count> counts_;
};

}  // namespace

Result<FieldTally> incidents_by_field(const FactReader& facts, const IncidentSet& incidents,
                                      std::string_view field) {
  Counter counter(incidents);
  COMITY_CHECK(facts.each(field, [&](const FactReader::Fact& fact) { counter.take(fact); }));
  FieldTally tally{.values = {}, .stated = counter.stated()};
  for (const auto& it : counter.counts()) {
    COMITY_TRY(auto text, facts.text(it.value));
    tally.values.push_back({.texts = {std::move(text)}, .count = it.count});
  }
  sort(tally.values);
  return tally;
}

}  // namespace comity::query
