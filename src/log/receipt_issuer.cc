#include "log/receipt_issuer.h"

#include "crypto/tlog_proof.h"
#include "log/log_time.h"

namespace comity::log {

Result<Receipt> ReceiptIssuer::issue(const ReceiptHead& head, std::uint64_t index) {
  COMITY_TRY(const auto found, signed_head(head));
  const std::scoped_lock lock(found->mutex);
  COMITY_TRY(const auto path, found->log.prove_inclusion(crypto::LeafIndex{index}));
  const crypto::TlogProof proof{.extra = std::nullopt,
                                .index = crypto::LeafIndex{index},
                                .path = path,
                                .checkpoint = head.checkpoint_note};
  return Receipt{.index = index,
                 .head = head.head,
                 .time = found->time,
                 .cose = codec::write_receipt(found->root, crypto::LeafIndex{index}, path),
                 .tlog_proof = crypto::print(proof)};
}

Result<std::shared_ptr<ReceiptIssuer::Signed>> ReceiptIssuer::signed_head(const ReceiptHead& head) {
  if (crypto::count(head.head.size) < 2)
    return refuse("receipt-size-one",
                  "A log of one entry gives no receipts, for its empty path would prove nothing.");
  // Under the lock, so that of many that ask for a new head at once one signs it.
  const std::scoped_lock lock(mutex_);
  for (const auto& known : heads_)
    if (known->log.head() == head.head) return known;
  auto made = std::make_shared<Signed>(parts_.files, head.head);
  if (head.time) {
    made->time = *head.time;
  } else {
    COMITY_TRY(made->time, log_time(made->log));
  }
  made->root = codec::sign_root(parts_.receipt_key,
                                {.origin = parts_.origin, .head = head.head, .time = made->time});
  heads_.push_front(made);
  if (heads_.size() > kHeads) heads_.pop_back();
  return made;
}

}  // namespace comity::log
