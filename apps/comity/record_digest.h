#pragma once

#include "base/error.h"
#include "log/registry.h"
#include "record/store.h"

#include "registry_directory.h"

namespace comity::cli {

/// Has the registrar file the digest of a record of that log: docs/formats/record-digest.md.
[[nodiscard]] Result<log::Registered> file_digest(OpenRegistry& registry,
                                                  const record::Stamp& stamp);

/// The same without waiting: `answer` is called as by log::Sequencer::submit.
Result<void> submit_digest(OpenRegistry& registry, const record::Stamp& stamp,
                           log::Sequencer::Answer answer);

}  // namespace comity::cli
