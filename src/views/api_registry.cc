#include "views/api_registry.h"

#include <utility>

#include "crypto/decimal.h"

#include "query/entry_story.h"
#include "query/party_story.h"
#include "query/record_at.h"
#include "query/summary.h"

namespace comity::views {
namespace {

using query::Json;

Result<query::RecordAt> open(const RegistryAt& at) {
  return query::RecordAt::open(at.reader.snapshot, at.files, at.size);
}

}  // namespace

MakeJson registry_summary(const RegistryAt& at) {
  return [at]() -> Result<Json> {
    COMITY_TRY(const auto summary, query::summarize(at.reader.snapshot, at.size));
    return query::summary_json(at.names, at.size, summary);
  };
}

Result<MakeJson> registry_entry(const RegistryAt& at, const std::string& text) {
  const auto index = crypto::parse_decimal(text);
  if (!index)
    return refuse("entry-out-of-range",
                  "An entry is asked for by its index in the log, a whole number from 0.");
  COMITY_TRY(auto record, open(at));
  COMITY_TRY(auto entry, query::find_entry(record, *index));
  return MakeJson([at, index = *index, record = std::move(record),
                   entry = std::move(entry)]() mutable -> Result<Json> {
    COMITY_TRY(const auto story, query::read_story(at.files, at.head, index, std::move(entry)));
    return query::entry_json(story);
  });
}

Result<MakeJson> registry_parties(const RegistryAt& at) {
  COMITY_TRY(auto record, open(at));
  return MakeJson([at, record = std::move(record)]() mutable -> Result<Json> {
    COMITY_TRY(const auto parties, query::list_parties(record));
    return query::parties_json(parties, at.names.origin, at.size);
  });
}

Result<MakeJson> registry_party(const RegistryAt& at, const std::string& what) {
  COMITY_TRY(auto record, open(at));
  COMITY_TRY(auto party, query::find_party(record, what));
  if (!party)
    return refuse("object-unknown",
                  "No party has that id, or a key of that kid; /api/v1/parties lists those that "
                  "there are.");
  return MakeJson(
      [at, record = std::move(record), party = std::move(*party)]() mutable -> Result<Json> {
        COMITY_TRY(const auto story, query::tell_party(record, std::move(party)));
        return query::party_json(story, at.size);
      });
}

}  // namespace comity::views
