#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/json.h"
#include "crypto/public_key.h"
#include "filing/envelope.h"
#include "filing/hidden_content.h"
#include "filing/manifest.h"
#include "filing/object.h"
#include "filing/statement.h"
#include "filing/verified_statements.h"

namespace comity::filing {

/// An item with what came for it. Views point into the filing's bytes.
struct CheckedItem {
  Item item;
  ByteView salt;     ///< empty where absent
  ByteView content;  ///< empty where absent
  /// Of the public object, or of the object inside a hidden content; nothing where absent.
  std::optional<ObjectHead> head;

  /// Nothing came for it: sealed by its party, or erased from the log since.
  [[nodiscard]] bool absent() const { return salt.empty(); }
};

/// A filing of which all is proved that its own bytes and its signer's public key can prove:
/// canonical form, sizes, digests, signature, form of the objects, id and version of each item,
/// nothing hidden in public. Whether the key may sign, and the versions are free, is for admission.
///
/// Only the three functions below make one. Moves, doesn't copy; owns its bytes.
class CheckedFiling {
 public:
  CheckedFiling(CheckedFiling&&) = default;
  CheckedFiling& operator=(CheckedFiling&&) = default;
  CheckedFiling(const CheckedFiling&) = delete;
  CheckedFiling& operator=(const CheckedFiling&) = delete;
  ~CheckedFiling() = default;

  /// The entry that the log will keep: the filing without its unprotected member.
  [[nodiscard]] ByteView entry() const { return statement_.bytes(); }
  [[nodiscard]] const crypto::LeafHash& leaf() const { return statement_.leaf(); }
  [[nodiscard]] const Statement& statement() const { return *statement_; }
  [[nodiscard]] ByteView manifest() const { return manifest_; }
  [[nodiscard]] std::span<const CheckedItem> items() const { return items_; }
  /// The key that the signature was verified with.
  [[nodiscard]] const crypto::PublicKey& key() const { return *key_; }

 private:
  friend class Checker;
  CheckedFiling() = default;

  Bytes filing_;
  OwnedStatement statement_;
  ByteView manifest_;  // views into filing_
  std::vector<CheckedItem> items_;
  std::optional<crypto::PublicKey> key_;  // always set
};

/// Finds a public key by its thumbprint, or refuses `key-unknown`. The thumbprint names the key's
/// bytes, so whoever answers, the answer is the same.
using FindKey = std::function<Result<crypto::PublicKey>(const codec::KeyId&)>;

/// Checks a filing on its own. Pure: no clock, no state but the keys; any thread, with a reader of
/// its own. Cost: one signature and SHA-256 over its bytes.
[[nodiscard]] Result<CheckedFiling> check(Bytes filing, const FindKey& find_key,
                                          codec::JsonReader& reader);

/// The same check of what a log has kept: the entry, its manifest, and one part per item. Here the
/// part of a public item may be absent too (erased), which the caller must account for. A signature
/// that is known to be `verified` isn't verified again.
[[nodiscard]] Result<CheckedFiling> check_stored(OwnedStatement entry, ByteView manifest,
                                                 std::span<const StoredPart> parts,
                                                 const FindKey& find_key, codec::JsonReader& reader,
                                                 const VerifiedStatements* verified = nullptr);

/// Checks the founding filing, whose key stands in its own key note.
[[nodiscard]] Result<CheckedFiling> check_founding(Bytes filing, codec::JsonReader& reader);

}  // namespace comity::filing
