#pragma once

#include <string>

#include "crypto/public_key.h"
#include "views/published_checkpoint.h"
#include "views/registration.h"
#include "views/router.h"

namespace comity::views {

/// The SCITT reference API (draft-ietf-scitt-scrapi): POST /entries, GET /entries/{index},
/// /.well-known/scitt-keys and /.well-known/scitt-keys/{kid}. Receipts are COSE receipts, and to
/// whom asks GET for text/plain rather, C2SP tlog-proofs; errors are concise problem details in
/// CBOR. An entry's id is its index in decimal.
struct ScrapiParts {
  Registration& registration;
  log::ReceiptIssuer& receipts;
  const PublishedCheckpoint& checkpoint;
  crypto::PublicKey receipt_key;
  std::string base_url;  ///< what stands before a path in Location; may be empty
};

/// What the parts refer to outlives the router.
void add_scrapi(Router& router, const ScrapiParts& parts);

/// The receipt key as SCRAPI has it: a COSE_Key with kid (RFC 9679) and alg.
[[nodiscard]] Bytes write_served_key(const crypto::PublicKey& key);

}  // namespace comity::views
