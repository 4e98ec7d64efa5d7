#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <variant>

#include "base/bytes.h"
#include "base/error.h"
#include "filing/check.h"
#include "log/receipt_issuer.h"
#include "log/registry.h"

namespace comity::views {

/// Has a function run on a thread that may wait for a disk.
using Post = std::function<void(std::function<void()>)>;

/// What a filer gets once its filing is in the log for good.
struct Filed {
  log::Registered registered;
  log::Receipt receipt;
};

/// Takes filings, and the registrar's control statements, from the network into the log. Any
/// thread; what it is made of outlives it.
class Registration {
 public:
  struct Parts {
    log::Registry& registry;
    log::ReceiptIssuer& receipts;
    filing::VerifiedStatements& verified;  ///< is told of each filing whose signature is right
    Post post;  ///< where receipts are made, for the sequencer's thread must not wait
    /// Told of the log's size with each hold and erasure, before its filer is: whoever has the
    /// answer finds the content nowhere. On a thread of `post`, which may wait for a while.
    std::function<void(std::uint64_t size)> withhold;
  };
  explicit Registration(Parts parts) : parts_(std::move(parts)) {}

  using Done = std::function<void(Result<Filed>)>;

  /// Checks the bytes on this thread and hands them to the sequencer; `done` is called once, at
  /// once where that fails, else after the commit. Refuses as filing::check and admission.
  void file(std::string_view bytes, Done done);

  /// What can be said of a filing before it is handed in: everything but its admission.
  [[nodiscard]] Result<filing::CheckedFiling> check(std::string_view bytes) const;

 private:
  using Checked = std::variant<filing::CheckedFiling, log::ControlRequest>;

  [[nodiscard]] Result<Checked> read(std::string_view bytes) const;

  Parts parts_;
};

}  // namespace comity::views
