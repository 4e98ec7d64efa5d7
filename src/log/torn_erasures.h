#pragma once

#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "crypto/merkle.h"
#include "crypto/public_key.h"
#include "filing/control.h"
#include "log/sqlite_state.h"

namespace comity::log {

/// The places at which a crash has torn an erasure that the state does not have yet: what is left
/// of the item is neither zeros nor what was committed to, and a replay ends at it. Found without
/// admitting anything, so with care that no evidence is lost: only what is torn already, of an item
/// that is not on hold nor in entry 0, and that an entry erases which is proved to be in the log
/// and signed by a key of the registrar: `registrar`, with which the registry is opened, or one
/// that is active in the state.
[[nodiscard]] Result<std::vector<filing::ItemPlace>> torn_erasures(
    const Files& files, const crypto::TreeHead& head, const SqliteState& state,
    const crypto::PublicKey& registrar);

}  // namespace comity::log
