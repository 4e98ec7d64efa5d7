#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"

#include "context.h"
#include "registry_directory.h"

namespace comity::cli {

/// Closes a registry that was open to be written to. Where something was filed that makes it due
/// (record/digest_due.h), the record is brought up to the log first, and the registrar files its
/// digest: so no verb has to think of it. What fails of that is told on stderr and no more, for
/// what was filed stands.
struct CloseWritten {
  Context* context = nullptr;
  std::uint64_t size = 0;  ///< of the log when it was opened

  void operator()(OpenRegistry* registry) const;
};

/// A registry as every verb has it that files there.
using WrittenRegistry = std::unique_ptr<OpenRegistry, CloseWritten>;

/// Opens it; the context must outlive it. Refuses as open_registry.
[[nodiscard]] Result<WrittenRegistry> open_to_write(const std::string& directory, Context& context);

}  // namespace comity::cli
