#include "filing_pipeline.h"

#include <chrono>
#include <memory>
#include <utility>

#include "text.h"

namespace comity::cli {
namespace {

// A batch of the sequencer; its queue holds several.
constexpr std::size_t kFilings = log::SequencerOptions{}.batch_entries;
constexpr std::size_t kBytes = log::SequencerOptions{}.batch_bytes;

}  // namespace

FilingPipeline::~FilingPipeline() { take_all(); }

Result<void> FilingPipeline::file(NamedFiling filing, const Answered& answered) {
  while (
      !on_the_way_.empty() &&
      (on_the_way_.size() >= kFilings || bytes_ + filing.bytes.size() > kBytes ||
       on_the_way_.front().answer.wait_for(std::chrono::seconds{0}) == std::future_status::ready))
    take_first();
  const std::string name = filing.name;
  const auto handed_in = first_error_ ? first_error() : hand_in(std::move(filing), answered);
  if (!handed_in) {
    note(handed_in, name);
    note(answered(std::unexpected(handed_in.error())), name);
  }
  return first_error();
}

Result<void> FilingPipeline::finish() {
  take_all();
  return first_error();
}

Result<void> FilingPipeline::hand_in(NamedFiling filing, const Answered& answered) {
  const std::size_t bytes = filing.bytes.size();
  COMITY_TRY(auto checked, check(std::move(filing.bytes)));
  if (first_error_) return first_error();
  const auto promise = std::make_shared<std::promise<Result<log::Registered>>>();
  OnTheWay entry{promise->get_future(), answered, std::move(filing.name), bytes};
  COMITY_CHECK(registry_->registry->sequencer().submit(
      std::move(checked),
      [promise](const Result<log::Registered>& answer) { promise->set_value(answer); }));
  on_the_way_.push_back(std::move(entry));
  bytes_ += bytes;
  return {};
}

Result<filing::CheckedFiling> FilingPipeline::check(Bytes filing) {
  const auto find_key = registry_->registry->find_key();
  if (!on_the_way_.empty()) {
    auto checked = filing::check(filing, find_key, reader_);
    if (checked) return checked;
    take_all();
  }
  return filing::check(std::move(filing), find_key, reader_);
}

void FilingPipeline::take_first() {
  OnTheWay first = std::move(on_the_way_.front());
  on_the_way_.pop_front();
  bytes_ -= first.bytes;
  const auto answer = first.answer.get();
  if (!answer) note(std::unexpected(answer.error()), first.name);
  note(first.answered(answer), first.name);
}

void FilingPipeline::take_all() {
  while (!on_the_way_.empty()) take_first();
}

void FilingPipeline::note(const Result<void>& result, const std::string& name) {
  if (!result && !first_error_) first_error_ = at_place(name, result.error());
}

Result<void> FilingPipeline::first_error() const {
  if (first_error_) return std::unexpected(*first_error_);
  return {};
}

}  // namespace comity::cli
