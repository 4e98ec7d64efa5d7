// Random streams of filings, erasures and disclosures: a record that follows the log as it grows is
// the record that a newcomer folds from the beginning, table by table and digest by digest.

#include "record/follower.h"

#include "tests/record/dump.h"
#include "tests/registry/deeds.h"
#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

using deeds::Answers;
using deeds::Deed;
using deeds::Sender;

void send(samples::SampleRegistry& sample, Sender& sender, Answers& answers,
          const std::vector<Deed>& deeds) {
  for (const Deed& deed : deeds) {
    auto made = sender.make(deed);
    if (!made) continue;
    const auto key = deeds::key_of(*made);
    std::visit(
        [&](auto& what) { answers.keep(key, sample.registry().sequencer().file(std::move(what))); },
        *made);
    sender.learn(answers);
  }
}

RC_GTEST_PROP(FollowerProperty, AFollowerIsANewcomer, ()) {
  const auto phases = *rc::gen::container<std::vector<std::vector<Deed>>>(
      4, rc::gen::scale(0.4, rc::gen::container<std::vector<Deed>>(deeds::any_deed())));
  samples::SampleRegistry sample;
  for (int party = 0; party < deeds::kParties; ++party)
    RC_ASSERT(sample.admit(deeds::kFirstParty + party).has_value());
  const samples::TemporaryDirectory live_place;
  const auto live = Follower::open({sample.files(), live_place.path()}).value();
  Answers answers;
  Sender sender(sample.registry(), sample.clock());
  for (const auto& phase : phases) {
    send(sample, sender, answers, phase);
    const auto caught_up = live->catch_up(sample.head());
    if (!caught_up) RC_FAIL(caught_up.error().sentence());
  }

  const samples::TemporaryDirectory new_place;
  const auto newcomer = Follower::open({sample.files(), new_place.path()}).value();
  RC_ASSERT(newcomer->catch_up(sample.head()).has_value());
  RC_ASSERT(newcomer->stamp() == live->stamp());
  const auto old_tables = testing::dump(live->fold().store().database());
  const auto new_tables = testing::dump(newcomer->fold().store().database());
  for (const auto& [name, rows] : new_tables)
    if (old_tables.at(name) != rows) RC_FAIL("the table " + name + " differs");

  RC_ASSERT(live->reset().has_value());
  RC_ASSERT(live->catch_up(sample.head()).has_value());
  RC_ASSERT(newcomer->stamp() == live->stamp());
}

}  // namespace
}  // namespace comity::record
