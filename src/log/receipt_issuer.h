#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/files.h"
#include "codec/receipt.h"
#include "crypto/secret_key.h"
#include "log/log_reader.h"
#include "log/registry.h"

namespace comity::log {

/// A checkpoint that a receipt is asked for at.
struct ReceiptHead {
  crypto::TreeHead head;
  std::string checkpoint_note;
  std::optional<UnixSeconds> time;  ///< the log's time there; looked for where it isn't given
};

/// Gives receipts to many: the head that they are of is signed once, and its tiles are read once,
/// whoever asks. Keeps the last few heads. Any thread. What it is made of must outlive it.
class ReceiptIssuer {
 public:
  static constexpr std::size_t kHeads = 4;

  struct Parts {
    const Files& files;
    const crypto::SecretKey& receipt_key;
    std::string origin;
  };
  explicit ReceiptIssuer(Parts parts) : parts_(std::move(parts)) {}

  /// Refuses as make_receipt.
  [[nodiscard]] Result<Receipt> issue(const ReceiptHead& head, std::uint64_t index);

 private:
  /// A head with what its receipts share.
  struct Signed {
    Signed(const Files& files, const crypto::TreeHead& head) : log(files, head) {}
    std::mutex mutex;  // guards `log`, which is one thread's at a time
    LogReader log;
    UnixSeconds time{};
    codec::SignedRoot root;
  };

  Result<std::shared_ptr<Signed>> signed_head(const ReceiptHead& head);

  Parts parts_;
  std::mutex mutex_;                          // guards what follows
  std::list<std::shared_ptr<Signed>> heads_;  ///< the newest first
};

}  // namespace comity::log
