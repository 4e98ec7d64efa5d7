#pragma once

#include <optional>
#include <span>
#include <vector>

#include "audit/report.h"
#include "base/files.h"
#include "codec/json.h"
#include "filing/check.h"
#include "log/stored_entry.h"

namespace comity::audit {

/// What the part of an audit that needs no order makes of one entry.
struct AuditedEntry {
  log::StoredEntry stored;
  Result<log::CheckedEntry> checked = std::unexpected<Error>(Fault{"not checked", 0});
  bool hashed = false;  ///< whether the entry hashes to the leaf in the (proved) tile
};

/// The entries of one bundle.
struct AuditedBundle {
  std::uint64_t index = 0;
  std::vector<AuditedEntry> entries;
  std::vector<Finding> findings;
};

/// What a worker needs; all of it is shared and not written to.
struct BundleContext {
  const Files& files;
  crypto::TreeHead head;
  filing::FindKey find_key;
};

/// Hashes the entries of a bundle, holds them against the level-0 tile and that against the tile
/// above, and checks each entry on its own. Pure but for reading; any thread with a JSON reader of
/// its own.
void audit_bundle(const BundleContext& context, codec::JsonReader& reader, AuditedBundle& bundle);

}  // namespace comity::audit
