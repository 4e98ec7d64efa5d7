#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "intake/case.h"
#include "intake/imported.h"

namespace comity::intake {

/// The landmark record as STIX objects; `docs/mapping.md` says which property becomes which.
struct Landmarks {
  /// Shared by many cases and to be filed before them: one `location` for each victim country,
  /// one `identity` for each claimant and responder.
  std::vector<std::string> common;
  /// One for each incident, in the order of the file.
  std::vector<Case> cases;
  /// What its authors are unsure of: of incidents by what is doubted, and claims and responses.
  Doubts doubts;
};

/// Reads data/landmarks.json. Pure and deterministic: the same bytes and the same importer give
/// the same objects, whose ids are UUIDs of version 5 of the importer's identity and a stable name
/// ("landmark/notpetya/attribution/0").
///
/// No claimed state, cluster or strength is inferred: a claim carries what its paraphrase says.
///
/// Refuses `intake-malformed`, naming the place, where the file is not what data/README.md says,
/// and `importer-malformed`.
[[nodiscard]] Result<Landmarks> landmarks(ByteView json, const Importer& importer);

}  // namespace comity::intake
