#include "server/service.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "record/digest_due.h"

#include "record_digest.h"

namespace comity::server {
namespace {

/// How long the start, and the answer to a hold or an erasure, wait for the record.
constexpr std::chrono::seconds kPatience{3};
/// How long a question waits that asks for a state which the record is about to have.
constexpr std::chrono::seconds kQuestionPatience{2};

}  // namespace

Result<std::unique_ptr<Service>> Service::open(const ServiceOptions& options, cli::Context& context,
                                               Journal& journal, WorkerPool& writers) {
  std::unique_ptr<Service> service(new Service(journal, writers));
  COMITY_CHECK(service->open_registry(options, context));
  COMITY_CHECK(service->open_record(context));
  COMITY_CHECK(service->open_views(options));
  service->add_metrics();
  return service;
}

Service::~Service() { close(); }

void Service::close() {
  {
    const std::scoped_lock lock(told_mutex_);
    told_ = nullptr;
  }
  // The record files digests as long as it lives, so the registry goes after it.
  record_.reset();
  if (registry_) registry_->registry.reset();
}

Result<void> Service::open_registry(const ServiceOptions& options, cli::Context& context) {
  log::RegistryOptions registry;
  registry.sequencer.keeps_key = true;
  registry.sequencer.queue_entries = options.queued_filings;
  registry.committed = [this](const crypto::TreeHead& head, const std::string& note) {
    // Whoever files comes after the checkpoint: open_record.
    checkpoint_->advance({.note = note, .head = head});
    const std::scoped_lock lock(told_mutex_);
    if (told_ != nullptr) told_->advance(head);
  };
  COMITY_TRY(registry_, cli::open_registry(options.directory, context, std::move(registry)));
  return {};
}

Result<void> Service::open_record(cli::Context& context) {
  COMITY_TRY(read_, registry_->read());
  COMITY_TRY(auto held, cli::hold_record(*read_, context));
  record_lock_ = std::move(held.lock);
  if (held.scratch) record_scratch_.emplace(std::move(*held.scratch));
  checkpoint_.emplace(
      views::Published{.note = crypto::print(read_->checkpoint.note), .head = read_->head()});
  held.follower->skip_verified(verified_);
  record_ = std::make_unique<record::LiveRecord>(
      std::move(held.follower),
      [this](const record::Stamp& stamp) { file_digest_when_due(stamp); });
  {
    const std::scoped_lock lock(told_mutex_);
    told_ = record_.get();
  }
  record_->advance(read_->head());
  return {};
}

Result<void> Service::open_views(const ServiceOptions& options) {
  const Files& files = *read_->files;
  COMITY_TRY(auto held, log::HeldItems::open(read_->state_path()));
  withheld_.emplace(files, std::move(held));
  receipts_.emplace(log::ReceiptIssuer::Parts{.files = files,
                                              .receipt_key = registry_->registry->keys().receipt,
                                              .origin = trust().origin});
  registration_.emplace(views::Registration::Parts{
      .registry = *registry_->registry,
      .receipts = *receipts_,
      .verified = verified_,
      .post = [writers = writers_](std::function<void()> task) { writers->post(std::move(task)); },
      .withhold = [this](std::uint64_t size) { withhold(size); }});
  publication_.emplace(views::Publication::Parts{.files = files,
                                                 .checkpoint = *checkpoint_,
                                                 .withheld = *withheld_,
                                                 .vkey = crypto::print(trust().log)});
  router_.faults_to([journal = journal_](std::string_view target, const Error& error) {
    journal->write("fault", {{"target", target}, {"detail", error.sentence()}});
  });
  readers_.emplace(record_->path(), files, options.readers);
  may_wait_ = options.waiting_questions;
  // What was held or erased before this start may stand in entries that are not folded yet.
  withhold(crypto::count(checkpoint_->newest()->head.size));
  views::add_resources(
      router_, {.publication = *publication_,
                .scrapi = {.registration = *registration_,
                           .receipts = *receipts_,
                           .checkpoint = *checkpoint_,
                           .receipt_key = trust().receipt_key,
                           .base_url = options.public_url},
                .filings = {.registration = *registration_, .base_url = options.public_url},
                .taxii = {.readers = *readers_,
                          .origin = trust().origin,
                          .registrar = trust().registrar,
                          .title = trust().origin,
                          .contact = options.contact,
                          .max_content_length = std::min(options.body_bytes, limits::kFilingBytes)},
                .api = {.readers = *readers_,
                        .files = files,
                        .origin = trust().origin,
                        .title = trust().origin,
                        .base_url = options.public_url,
                        .version = COMITY_VERSION,
                        .registrar = trust().registrar,
                        .vkey = crypto::print(trust().log),
                        .head = [this] { return checkpoint_->newest()->head; },
                        .wait_for = [this](std::uint64_t size) { wait_for_record(size); }},
                .health = {.ready = [this] { return ready(); }, .metrics = metrics_}});
  return {};
}

void Service::withhold(std::uint64_t size) {
  // Where it is late, readers are refused until it comes.
  [[maybe_unused]] const auto waited =
      record_->wait_for(size, std::chrono::steady_clock::now() + kPatience);
  readers_->require(size);
}

void Service::wait_for_record(std::uint64_t size) {
  if (record_->stamp().size >= size) return;
  // Where it does not come, the reader's state says so.
  if (waiting_.fetch_add(1) < may_wait_) {
    [[maybe_unused]] const auto waited =
        record_->wait_for(size, std::chrono::steady_clock::now() + kQuestionPatience);
  }
  waiting_.fetch_sub(1);
}

void Service::add_metrics() {
  views::add_process_metrics(metrics_);
  metrics_.add_gauge("comity_log_entries", "Entries of the log at its newest checkpoint.",
                     [this] { return static_cast<double>(size()); });
  metrics_.add_gauge("comity_record_entries", "Entries that are folded into the record.",
                     [this] { return static_cast<double>(record_->stamp().size); });
  metrics_.add_gauge("comity_writers_waiting", "Tasks that wait for a thread that files.",
                     [this] { return static_cast<double>(writers_->waiting()); });
}

std::uint64_t Service::size() { return crypto::count(checkpoint_->newest()->head.size); }

Result<void> Service::ready() {
  COMITY_CHECK(registry_->registry->sequencer().running());
  const std::uint64_t folded = record_->stamp().size;
  if (folded < readers_->required()) return fail("the record is being brought up to the log");
  // A record that is a batch behind is as it should be; one that is far behind is being made.
  constexpr std::uint64_t kBehind = 100'000;
  if (folded + kBehind < size()) return fail("the record is being brought up to the log");
  return {};
}

void Service::file_digest_when_due(const record::Stamp& stamp) {
  const auto due = [&]() -> Result<bool> {
    const crypto::TreeHead head = checkpoint_->newest()->head;
    COMITY_TRY(const auto since, record::since_digest(log::LogReader(*read_->files, head)));
    return record::is_digest_due(since);
  };
  const auto tell = [journal = journal_](const Error& error) {
    journal->write("digest-not-filed", {{"detail", error.sentence()}});
  };
  const auto is_due = due();
  if (!is_due) return tell(is_due.error());
  if (!*is_due) return;
  const auto filed =
      cli::submit_digest(*registry_, stamp, [tell](const Result<log::Registered>& result) {
        if (!result) tell(result.error());
      });
  if (!filed) tell(filed.error());
}

}  // namespace comity::server
