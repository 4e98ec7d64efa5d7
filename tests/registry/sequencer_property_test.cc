// Random streams of filings and controls from several threads at once: what the sequencer decides
// in batches is what a replay decides entry by entry, and what it refuses leaves no trace.

#include <barrier>
#include <thread>

#include "audit/audit.h"

#include "tests/registry/deeds.h"
#include "tests/registry/folded_state.h"
#include "tests/registry/sample_registry.h"

namespace comity::log {
namespace {

using deeds::Answers;
using deeds::Checked;
using deeds::Deed;
using deeds::Sender;

/// Sends all from three threads that begin together and wait for nothing.
void send_at_once(Sequencer& sequencer, std::vector<Checked> all, Answers& answers) {
  constexpr std::size_t kThreads = 3;
  std::barrier begin(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      begin.arrive_and_wait();
      for (std::size_t i = t; i < all.size(); i += kThreads) {
        const auto key = deeds::key_of(all[i]);
        const auto answer = [&answers, key](const Result<Registered>& result) {
          answers.keep(key, result);
        };
        std::visit(
            [&](auto& what) {
              const auto queued = sequencer.submit(std::move(what), answer);
              if (!queued) ADD_FAILURE() << queued.error().sentence();
            },
            all[i]);
      }
    });
  for (auto& thread : threads) thread.join();
}

void expect_clean(samples::SampleRegistry& sample) {
  const samples::TemporaryDirectory scratch;
  const auto report = audit::audit(sample.files(), {.log = sample.vkey(),
                                                    .scratch_directory = scratch.path(),
                                                    .earlier_checkpoints = {},
                                                    .with_hidden = true,
                                                    .with_record = false,  // its digests are any
                                                    .workers = 2,
                                                    .progress = {}});
  ASSERT_TRUE(report) << report.error().sentence();
  for (const auto& finding : report->findings)
    ADD_FAILURE() << finding.code << ": " << finding.sentence;
}

RC_GTEST_PROP(SequencerProperty, AReplayDecidesAsTheSequencerDid, ()) {
  const auto phases = *rc::gen::container<std::vector<std::vector<Deed>>>(
      3, rc::gen::scale(0.4, rc::gen::container<std::vector<Deed>>(deeds::any_deed())));
  RegistryOptions options;
  options.sequencer.batch_entries = *rc::gen::inRange<std::size_t>(1, 12);
  samples::SampleRegistry sample(options);
  for (int party = 0; party < deeds::kParties; ++party)
    RC_ASSERT(sample.admit(deeds::kFirstParty + party).has_value());
  const std::uint64_t first = sample.registry().state().size().value();
  Answers answers;
  std::size_t asked = 0;
  Sender sender(sample.registry(), sample.clock());
  for (const auto& phase : phases) {
    std::vector<Checked> all;
    for (const Deed& deed : phase)
      if (auto made = sender.make(deed)) all.push_back(std::move(*made));
    asked += all.size();
    send_at_once(sample.registry().sequencer(), std::move(all), answers);
    // So that the next phase knows where things are.
    while (answers.count() < asked && !::testing::Test::HasFailure()) std::this_thread::yield();
    sender.learn(answers);
  }
  RC_ASSERT(sample.reopen().has_value());  // the end of a registry answers all that is queued
  RC_ASSERT(answers.count() == asked);

  const auto log = LogReader::open(sample.files(), sample.vkey()).value();
  answers.expect_in(log, first);
  const auto folded = samples::fold_log(sample.files(), log.head());
  RC_ASSERT(folded.has_value());
  samples::expect_same_facts(*folded, sample.registry().state());  // as it was kept live
  sample.close();
  sample.forget_state();
  RC_ASSERT(sample.reopen().has_value());
  samples::expect_same_facts(*folded, sample.registry().state());  // as it was replayed
  expect_clean(sample);
  RC_ASSERT(!::testing::Test::HasFailure());
}

}  // namespace
}  // namespace comity::log
