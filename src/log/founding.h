#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "crypto/secret_key.h"
#include "rules/admit.h"
#include "rules/charter.h"

namespace comity::log {

/// The registry's own keys: separate ones, so that none signs what another is for.
struct RegistryKeys {
  crypto::SecretKey note;       ///< Ed25519: checkpoints
  crypto::SecretKey receipt;    ///< COSE receipts
  crypto::SecretKey registrar;  ///< the registrar's statements: ticks and other controls, filings
};

/// What a new registry is to be.
struct FoundingPlan {
  std::string origin;
  std::string registrar_name;  ///< of the organisation that runs it
  rules::Group group = rules::Group::research;
  std::string country;  ///< may be empty
  bool by_sponsors = false;
  int sponsors = 0;
  int groups = 0;
  int tenure_days = 30;
};

/// Entries 0 and 1 of a log, ready to be committed together: the founding filing and the first
/// tick. `docs/formats/charter.md`, Founding. Refuses as filing::check_founding and rules::admit
/// do, so a plan that isn't a charter is refused here.
[[nodiscard]] Result<std::vector<rules::AdmittedEntry>> make_founding(const FoundingPlan& plan,
                                                                      const RegistryKeys& keys,
                                                                      UnixMicros now);

/// A random UUID, version 4 (RFC 9562), in lower case.
[[nodiscard]] std::string random_uuid();

}  // namespace comity::log
