#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "record/follower.h"

#include "context.h"
#include "query/snapshot.h"
#include "registry_directory.h"

namespace comity::cli {

/// The record of a registry, to be written: nobody else folds there as long as it lives.
struct HeldRecord {
  std::optional<ScratchDirectory> scratch;  ///< where the registry's own directory can't be written
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<record::Follower> follower;  // last: it uses the others

  /// Folds what the registry's log has got since.
  Result<void> catch_up(const ReadRegistry& registry, const Context& context);
};

/// Opens DIRECTORY/index, making it where it is not there; waits for who else is folding there.
/// `registry` must outlive it.
[[nodiscard]] Result<HeldRecord> hold_record(const ReadRegistry& registry, const Context& context);

/// The record of a registry at its checkpoint or later, to be asked.
struct ReadRecord {
  std::optional<ScratchDirectory> scratch;
  query::Snapshot snapshot;
};

/// Folds what is missing, or waits for who else is folding there to have done so; then opens it.
[[nodiscard]] Result<ReadRecord> read_record(const ReadRegistry& registry, const Context& context);

}  // namespace comity::cli
