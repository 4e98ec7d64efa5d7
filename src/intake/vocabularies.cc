#include "intake/vocabularies.h"

#include "intake/embedded.h"
#include "intake/fields.h"

namespace comity::intake {

Result<Vocabularies> Vocabularies::read(ByteView taxonomies) {
  COMITY_TRY(const Json data, read_data(taxonomies));
  const Fields file(data, "");
  Vocabularies found;
  for (const char* name :
       {"sectors", "actor_types", "effects", "techniques", "flags", "attribution_types"}) {
    COMITY_TRY(const auto texts, file.texts(name));
    found.all_[name].insert(texts.begin(), texts.end());
  }
  COMITY_CHECK(file.object("incident_types"));
  for (const auto& item : data["incident_types"].items())
    found.all_["incident_types"].insert(item.key());
  return found;
}

const Vocabularies& Vocabularies::known() {
  static const Result<Vocabularies> vocabularies = read(taxonomies_json());
  COMITY_ASSERT(vocabularies.has_value());
  return *vocabularies;
}

const Vocabularies::Words& Vocabularies::words(std::string_view vocabulary) const {
  const auto found = all_.find(vocabulary);
  COMITY_ASSERT(found != all_.end());
  return found->second;
}

}  // namespace comity::intake
