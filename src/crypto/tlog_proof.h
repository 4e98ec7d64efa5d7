#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/checkpoint.h"
#include "crypto/merkle.h"
#include "crypto/vkey.h"

/// Proofs of logging that verify offline (C2SP tlog-proof).
namespace comity::crypto {

struct TlogProof {
  std::optional<Bytes> extra;  // not authenticated; never empty
  LeafIndex index{};
  std::vector<NodeHash> path;  // the leaf's sibling first
  std::string checkpoint;      // the signed note, verbatim

  bool operator==(const TlogProof&) const = default;
};

[[nodiscard]] std::string print(const TlogProof& proof);

/// The inverse of print, strict; the note must have the form of one, no signature is verified.
/// Refuses `tlog-proof-malformed`, and as parse_note.
[[nodiscard]] Result<TlogProof> parse_tlog_proof(std::string_view text);

/// Whether the log, known by its vkey (whose name is its origin), holds the leaf. Gives the
/// checkpoint that says so. Refuses as open_checkpoint and verify_inclusion.
[[nodiscard]] Result<SignedCheckpoint> verify_tlog_proof(const TlogProof& proof, const Vkey& log,
                                                         const LeafHash& leaf);

}  // namespace comity::crypto
