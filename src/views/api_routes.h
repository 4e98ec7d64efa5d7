#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/files.h"
#include "crypto/merkle.h"
#include "views/router.h"

#include "query/readers.h"

namespace comity::views {

/// The JSON API /api/v1 over the public record: /search, /objects/{object}, /incidents/{object},
/// /stats, /stats/trends, /export/{format}, /registry, /entries/{entry}, /parties and
/// /parties/{party}, the same JSON as the verbs of the command line with --json; /feed.atom of any
/// search; and /openapi.json, which describes all that a server has. Reading needs nothing. Every
/// answer is tagged with the state of the record, so that asking again costs next to nothing while
/// nothing is filed. With `min_size` a read waits a while until the record has folded so much of
/// the log: so whoever has filed reads what was filed.
struct ApiParts {
  query::Readers& readers;
  const Files& files;          ///< the log's directory
  std::string origin;          ///< the registry's
  std::string title;           ///< of the registry, for people
  std::string base_url;        ///< what stands before a path in links; may be empty
  std::string version;         ///< of the program, which decides how answers look
  std::string registrar = {};  ///< identity id
  std::string vkey = {};       ///< the log's verifier key, printed
  /// The newest checkpoint: a state of the log that the record has not reached yet is coming.
  std::function<crypto::TreeHead()> head;
  /// Waits until a state of so many entries can be read, which the log has, but no longer than a
  /// question may: for `min_size`. Without it nobody waits.
  std::function<void(std::uint64_t)> wait_for = {};
};

/// What the parts refer to outlives the router.
void add_api(Router& router, const ApiParts& parts);

}  // namespace comity::views
