#pragma once

#include "base/error.h"
#include "log/registry.h"
#include "record/store.h"

#include "context.h"
#include "registry_directory.h"

namespace comity::cli {

/// Has the registrar file the digest of a record of that log: docs/formats/record-digest.md.
[[nodiscard]] Result<log::Registered> file_digest(OpenRegistry& registry,
                                                  const record::Stamp& stamp);

/// The same without waiting: `answer` is called as by log::Sequencer::submit.
Result<void> submit_digest(OpenRegistry& registry, const record::Stamp& stamp,
                           log::Sequencer::Answer answer);

/// After something was filed: brings the record up to the log and files its digest, where one is
/// due (record/digest_due.h). What fails is told on stderr and no more, for what was filed stands.
void file_digest_when_due(OpenRegistry& registry, const Context& context);

}  // namespace comity::cli
