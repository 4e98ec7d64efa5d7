#include "log/sequencer.h"

#include <cerrno>
#include <future>
#include <iterator>
#include <utility>

#include "filing/statement.h"
#include "log/replay.h"
#include "rules/overlay.h"

namespace comity::log {
namespace {

std::size_t bytes_of(const std::variant<filing::CheckedFiling, ControlRequest>& what) {
  if (const auto* filing = std::get_if<filing::CheckedFiling>(&what)) {
    std::size_t bytes = filing->entry().size() + filing->manifest().size();
    for (const auto& item : filing->items()) bytes += item.salt.size() + item.content.size();
    return bytes;
  }
  const auto& request = std::get<ControlRequest>(what);
  return request.control.entry().size() +
         (request.disclosure ? request.disclosure->content.size() : 0);
}

}  // namespace

/// One batch in the making: what was admitted, and what to answer to whom once it is durable.
class Sequencer::Batch {
 public:
  Batch(Parts& parts, const SequencerOptions& options, codec::JsonReader& reader)
      : parts_(&parts), options_(&options), reader_(&reader), overlay_(parts.state) {}

  Result<void> begin();
  /// Admits or refuses; a fault ends the batch.
  Result<void> add(Request& request);
  /// Commits, erases, folds, and answers.
  Result<void> finish();
  /// Whether the log holds the batch: then the state must follow, or nothing more be decided on it.
  [[nodiscard]] bool committed() const { return committed_; }

 private:
  struct Place {
    std::uint64_t index = 0;
    bool already_filed = false;
  };
  struct Waiting {
    Request* request;
    Result<Place> decided;
  };

  Result<void> tick();
  Result<rules::Admitted> decide(Request& request);
  Result<void> check_key_kept(const rules::AdmittedEntry& entry) const;
  void admit(rules::AdmittedEntry entry);

  Parts* parts_;
  const SequencerOptions* options_;
  codec::JsonReader* reader_;
  rules::Overlay overlay_;
  std::uint64_t size_ = 0;
  std::vector<rules::AdmittedEntry> entries_;
  std::vector<Waiting> waiting_;
  bool committed_ = false;
};

Result<void> Sequencer::Batch::begin() {
  COMITY_TRY(size_, overlay_.size());
  return tick();
}

/// A tick comes first in a batch when the clock has moved on by a second or more.
Result<void> Sequencer::Batch::tick() {
  COMITY_TRY(const auto standing, overlay_.standing());
  const std::int64_t now = count(parts_->clock.now()) / 1'000'000;
  if (!standing.charter || now <= count(standing.time)) return {};
  const rules::Charter& charter = *standing.charter;
  const filing::Claims claims{.issuer = charter.registrar,
                              .subject = charter.origin,
                              .audience = {charter.origin},
                              .issued_at = UnixSeconds{now}};
  COMITY_TRY(auto statement,
             filing::sign_statement(filing::StatementKind::control, claims,
                                    filing::write_control(filing::Tick{UnixSeconds{now}}),
                                    parts_->registrar));
  const auto find_key = [this](const codec::KeyId&) -> Result<crypto::PublicKey> {
    return parts_->registrar.public_key();
  };
  COMITY_TRY(auto control, filing::check_control(std::move(statement), find_key));
  auto admitted =
      rules::admit_control(std::move(control), overlay_, parts_->find_item, *reader_, std::nullopt);
  if (!admitted)
    return fail("the registrar's own tick is refused, so its key is not the registry's (" +
                admitted.error().sentence() + ")");
  if (auto* entry = std::get_if<rules::AdmittedEntry>(&*admitted)) admit(std::move(*entry));
  return {};
}

void Sequencer::Batch::admit(rules::AdmittedEntry entry) {
  overlay_.put(entry.changes(), ++size_);
  entries_.push_back(std::move(entry));
}

Result<rules::Admitted> Sequencer::Batch::decide(Request& request) {
  if (auto* control = std::get_if<ControlRequest>(&request.what))
    return rules::admit_control(std::move(control->control), overlay_, parts_->find_item, *reader_,
                                std::move(control->disclosure));
  auto admitted =
      rules::admit(std::move(std::get<filing::CheckedFiling>(request.what)), overlay_, *reader_);
  if (!admitted || !options_->keeps_key) return admitted;
  if (const auto* entry = std::get_if<rules::AdmittedEntry>(&*admitted))
    COMITY_CHECK(check_key_kept(*entry));
  return admitted;
}

Result<void> Sequencer::Batch::check_key_kept(const rules::AdmittedEntry& entry) const {
  const codec::KeyId own = codec::key_id(parts_->registrar.public_key());
  for (const rules::Key& key : entry.changes().keys)
    if (key.kid == own && !key.active_at(entry.index() + 1))
      return refuse("registrar-key-served",
                    "The server signs with this key of the registrar; stop it, do this in its "
                    "directory, and start it again.");
  return {};
}

Result<void> Sequencer::Batch::add(Request& request) {
  auto admitted = decide(request);
  if (!admitted) {
    if (admitted.error().fault() != nullptr) return std::unexpected(std::move(admitted).error());
    waiting_.push_back({&request, std::unexpected(std::move(admitted).error())});
    return {};
  }
  if (const auto* already = std::get_if<rules::AlreadyFiled>(&*admitted)) {
    waiting_.push_back({&request, Place{already->index, true}});
    return {};
  }
  auto& entry = std::get<rules::AdmittedEntry>(*admitted);
  waiting_.push_back({&request, Place{entry.index(), false}});
  admit(std::move(entry));
  return {};
}

Result<void> Sequencer::Batch::finish() {
  COMITY_TRY(const auto standing, overlay_.standing());
  if (!entries_.empty()) COMITY_CHECK(parts_->committer.commit(entries_));
  committed_ = true;
  std::vector<filing::ItemPlace> erased;
  for (const auto& entry : entries_)
    for (const auto& place : erased_places(entry)) erased.push_back(place);
  if (!erased.empty()) COMITY_CHECK(parts_->committer.erase(erased));
  if (!entries_.empty()) COMITY_CHECK(parts_->state.apply(overlay_.take(), size_));
  // Answered last, so that whoever has an answer finds its keys and versions in the state, and a
  // refusal rests on nothing that could still be lost. A fault above is answered to all: the same
  // statement, sent again, is found in the log.
  const crypto::TreeHead head = parts_->committer.head();
  if (!entries_.empty() && parts_->committed) parts_->committed(head, parts_->committer.note());
  for (Waiting& waiting : waiting_) {
    const auto answer = std::exchange(waiting.request->answer, nullptr);
    if (!waiting.decided) {
      answer(std::unexpected(std::move(waiting.decided).error()));
      continue;
    }
    answer(Registered{waiting.decided->index, head, standing.time, parts_->committer.note(),
                      waiting.decided->already_filed});
  }
  return {};
}

Sequencer::Sequencer(Parts parts, SequencerOptions options)
    : parts_(std::move(parts)), options_(options), thread_([this] { run(); }) {}

Sequencer::~Sequencer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Result<void> Sequencer::submit(filing::CheckedFiling filing, Answer answer) {
  Request request{std::move(filing), std::move(answer), 0};
  return enqueue(std::move(request));
}

Result<void> Sequencer::submit(ControlRequest control, Answer answer) {
  Request request{std::move(control), std::move(answer), 0};
  return enqueue(std::move(request));
}

Result<void> Sequencer::running() const {
  const std::scoped_lock lock(mutex_);
  if (ended_) return std::unexpected(*ended_);
  return {};
}

Result<Registered> Sequencer::file(filing::CheckedFiling filing) {
  return wait_for(std::move(filing));
}

Result<Registered> Sequencer::file(ControlRequest control) { return wait_for(std::move(control)); }

Result<Registered> Sequencer::wait_for(std::variant<filing::CheckedFiling, ControlRequest> what) {
  std::promise<Result<Registered>> promise;
  auto future = promise.get_future();
  COMITY_CHECK(
      enqueue({std::move(what),
               [&promise](const Result<Registered>& result) { promise.set_value(result); }, 0}));
  return future.get();
}

Result<void> Sequencer::enqueue(Request request) {
  request.bytes = bytes_of(request.what);
  {
    const std::scoped_lock lock(mutex_);
    if (ended_) return std::unexpected(*ended_);
    const bool full = queue_.size() >= options_.queue_entries ||
                      (!queue_.empty() && queued_bytes_ + request.bytes > options_.queue_bytes);
    if (full) return fail("the registry's queue is full", EAGAIN);
    queued_bytes_ += request.bytes;
    queue_.push_back(std::move(request));
  }
  changed_.notify_one();
  return {};
}

std::vector<Sequencer::Request> Sequencer::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  std::vector<Request> requests;
  std::size_t bytes = 0;
  while (!queue_.empty() && requests.size() < options_.batch_entries &&
         (requests.empty() || bytes + queue_.front().bytes <= options_.batch_bytes)) {
    bytes += queue_.front().bytes;
    requests.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_bytes_ -= bytes;
  return requests;
}

void Sequencer::run() {
  for (auto requests = take(); !requests.empty(); requests = take()) {
    Batch batch(parts_, options_, reader_);
    const auto done = process(batch, requests);
    if (done) continue;
    // Where nothing was begun (no space, an unreadable item), the next batch may fare better.
    const bool ends = batch.committed() || parts_.committer.ended();
    // First, so that whoever has an answer and asks finds that it has ended.
    if (ends) stop(done.error());
    answer_all(requests, done.error());
    if (ends) return;
  }
}

Result<void> Sequencer::process(Batch& batch, std::vector<Request>& requests) {
  COMITY_CHECK(batch.begin());
  for (Request& request : requests) COMITY_CHECK(batch.add(request));
  return batch.finish();
}

void Sequencer::answer_all(std::vector<Request>& requests, const Error& fault) {
  for (Request& request : requests)
    if (request.answer) std::exchange(request.answer, nullptr)(std::unexpected(fault));
}

void Sequencer::stop(const Error& fault) {
  std::vector<Request> rest;
  {
    const std::scoped_lock lock(mutex_);
    ended_ = fault;
    rest.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
    queue_.clear();
    queued_bytes_ = 0;
  }
  answer_all(rest, fault);
}

}  // namespace comity::log
