#include "log/registry.h"

#include <utility>

#include "crypto/tlog_proof.h"
#include "crypto/vkey.h"
#include "log/torn_erasures.h"

namespace comity::log {
namespace {

/// A new log, or the one that an earlier founding left empty: its checkpoint of size 0 promises
/// nothing to anybody.
Result<Committer> begin_log(Files& files, const LogSigner& signer, const CommitOptions& options) {
  auto created = Committer::create(files, signer, options);
  if (created || created.error().code() != "log-exists") return created;
  auto opened = Committer::open(files, signer, options);
  if (opened && crypto::count(opened->head().size) == 0) return opened;
  if (!opened && opened.error().fault() != nullptr) return opened;
  return created;
}

}  // namespace

Result<std::unique_ptr<Registry>> Registry::found(const RegistryPlace& place, RegistryKeys keys,
                                                  const FoundingPlan& plan, const Clock& clock,
                                                  const RegistryOptions& options) {
  COMITY_TRY(const auto entries, make_founding(plan, keys, clock.now()));
  std::unique_ptr<Registry> registry(new Registry(place, std::move(keys)));
  COMITY_TRY(registry->committer_,
             begin_log(place.files, {plan.origin, &registry->keys_.note}, options.commit));
  // Whatever state lies there is of a log that is gone.
  COMITY_TRY(registry->state_, SqliteState::open(place.state_path()));
  COMITY_CHECK(registry->state_->reset());
  COMITY_CHECK(registry->committer_->commit(entries));
  COMITY_CHECK(registry->start(clock, options));
  return registry;
}

Result<std::unique_ptr<Registry>> Registry::open(const RegistryPlace& place,
                                                 const std::string& origin, RegistryKeys keys,
                                                 const Clock& clock,
                                                 const RegistryOptions& options) {
  std::unique_ptr<Registry> registry(new Registry(place, std::move(keys)));
  COMITY_TRY(registry->committer_,
             Committer::open(place.files, {origin, &registry->keys_.note}, options.commit));
  if (crypto::count(registry->committer_->head().size) == 0)
    return refuse(
        "log-missing",
        "The founding of this registry was not finished, and its log is empty; run comity "
        "init again.");
  COMITY_TRY(registry->state_, SqliteState::open(place.state_path()));
  COMITY_CHECK(registry->start(clock, options));
  return registry;
}

Result<void> Registry::start(const Clock& clock, const RegistryOptions& options) {
  COMITY_CHECK(catch_up(options.progress));
  COMITY_CHECK(check_keys());
  Sequencer::Parts parts{
      .committer = *committer_,
      .state = *state_,
      .clock = clock,
      .registrar = keys_.registrar,
      .find_item = [this](const filing::ItemPlace& item) { return find_item(item); },
      .committed = options.committed};
  sequencer_ = std::make_unique<Sequencer>(std::move(parts), options.sequencer);
  return {};
}

Result<void> Registry::catch_up(const Progress& progress) {
  const crypto::TreeHead head = committer_->head();
  const ReplayOptions options{
      .erase =
          [this](std::span<const filing::ItemPlace> places) { return committer_->erase(places); },
      .progress = progress};
  auto replayed = replay(place_.files, head, *state_, options);
  if (replayed || replayed.error().code() != "log-inadmissible") return replayed;
  // A crash may have torn an erasure, so that half an item is left. Once it is whole, all is well
  // or the replay says the same again.
  COMITY_TRY(const auto torn,
             torn_erasures(place_.files, head, *state_, keys_.registrar.public_key()));
  if (torn.empty()) return replayed;
  COMITY_CHECK(committer_->erase(torn));
  return replay(place_.files, head, *state_, options);
}

Result<void> Registry::check_keys() {
  COMITY_TRY(const auto standing, state_->standing());
  COMITY_TRY(const std::uint64_t size, state_->size());
  if (!standing.charter) return refuse("log-damaged", "The log holds no charter.");
  const rules::Charter& charter = *standing.charter;
  origin_ = charter.origin;
  COMITY_TRY(const auto vkey, crypto::make_vkey(charter.origin, keys_.note.public_key()));
  if (crypto::print(vkey) != charter.vkey || keys_.receipt.public_key() != charter.receipt_key)
    return refuse("log-key-mismatch",
                  "The note key or the receipt key is not the one that the charter names; open the "
                  "registry with its own keys.");
  COMITY_TRY(const auto key, state_->key(codec::key_id(keys_.registrar.public_key())));
  if (!key || key->party != charter.registrar || key->custody || !key->active_at(size))
    return refuse("registrar-key-inactive",
                  "The registrar's key is not an active key of the registrar " + charter.registrar +
                      "; open the registry with one that is.");
  return {};
}

Result<rules::StoredItem> Registry::find_item(const filing::ItemPlace& item) const {
  const auto find = [&]() -> Result<rules::StoredItem> {
    const crypto::TreeHead head = committer_->head();
    const LogReader log(place_.files, head);
    COMITY_TRY(const auto visible,
               SegmentReader::open(place_.files, SegmentKind::visible, head.size));
    COMITY_TRY(const auto hidden,
               SegmentReader::open(place_.files, SegmentKind::hidden, head.size));
    return find_item_in(log, {visible, &hidden})(item);
  };
  auto found = find();
  // That there is none is said of what was asked; all else of our files.
  if (!found && found.error().code() != "item-unknown") return as_fault(found.error());
  return found;
}

filing::FindKey Registry::find_key() const {
  return [state = state_.get()](const codec::KeyId& kid) { return state->find_key(kid); };
}

Result<Receipt> Registry::receipt(const Registered& registered) const {
  const LogReader log(place_.files, registered.head);
  return make_receipt({.log = log,
                       .checkpoint_note = registered.checkpoint_note,
                       .time = registered.time,
                       .receipt_key = keys_.receipt,
                       .origin = origin_},
                      registered.index);
}

Result<Receipt> make_receipt(const ReceiptRequest& request, std::uint64_t index) {
  const crypto::TreeHead& head = request.log.head();
  if (crypto::count(head.size) < 2)
    return refuse("receipt-size-one",
                  "A log of one entry gives no receipts, for its empty path would prove nothing.");
  COMITY_TRY(const auto path, request.log.prove_inclusion(crypto::LeafIndex{index}));
  const auto root = codec::sign_root(
      request.receipt_key, {.origin = request.origin, .head = head, .time = request.time});
  const crypto::TlogProof proof{.extra = std::nullopt,
                                .index = crypto::LeafIndex{index},
                                .path = path,
                                .checkpoint = request.checkpoint_note};
  return Receipt{.index = index,
                 .head = head,
                 .time = request.time,
                 .cose = codec::write_receipt(root, crypto::LeafIndex{index}, path),
                 .tlog_proof = crypto::print(proof)};
}

}  // namespace comity::log
