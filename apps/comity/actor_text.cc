#include <fmt/format.h>

#include "object_text.h"
#include "query/mentions.h"
#include "query/names.h"
#include "statement_text.h"
#include "text.h"

namespace comity::cli {
namespace {

Result<std::string> names_text(const RecordAt& at, const query::Version& version) {
  COMITY_TRY(const auto names, query::names_of(at.snapshot(), version.key));
  std::vector<std::string> all;
  all.reserve(names.size());
  for (const auto& it : names) all.push_back(it.text);
  return joined(all);
}

/// Others that are called alike; whether they are the same is for no record to say.
Result<Section> namesakes(RecordAt& at, const query::Version& version) {
  Section section("Of the same name elsewhere");
  COMITY_TRY(const auto found,
             query::namesakes_of(at.snapshot(), version, at.size, query::kNamesakesTold));
  for (const auto& it : found) {
    COMITY_TRY(const auto party, at.name_of(it.version.party));
    COMITY_TRY(const auto names, names_text(at, it.version));
    const std::string line = fmt::format("{} ({}, by {})", names, it.version.kind, party);
    section.add("  " + it.version.id + "\n" + wrapped(printable(line), 4));
  }
  return section;
}

Result<Section> relations(RecordAt& at, query::ObjectKey object) {
  Section section("Relationships");
  COMITY_TRY(const auto found,
             query::relations_of(at.snapshot(), object, at.size, query::kRelationsTold));
  for (const auto& it : found) {
    if (it.version.held) continue;
    COMITY_TRY(const auto party, at.name_of(it.version.party));
    COMITY_TRY(const auto other, at.name_of(it.other));
    const std::string what = it.outgoing ? fmt::format("{} {}", it.type, other)
                                         : fmt::format("{} {} it", other, it.type);
    section.add(wrapped(printable(fmt::format("{}  (by {})", what, party)), 4, "  "));
  }
  return section;
}

}  // namespace

Result<std::string> actor_text(RecordAt& at, const ObjectStory& story) {
  const query::Version& version = story.current.version;
  COMITY_TRY(const auto names, names_text(at, version));
  COMITY_TRY(const auto same, namesakes(at, version));
  COMITY_TRY(const auto found,
             query::claims_about(at.snapshot(), version.object, at.size, query::kTold));
  COMITY_TRY(const auto said,
             claims_section(at, found, Section("Claims that name it", "none is on record")));
  COMITY_TRY(const auto related, relations(at, version.object));
  COMITY_TRY(const auto party, at.name_of(version.party));
  Facts facts;
  facts.add("names", printable(names))
      .add("so named by", printable(party))
      .add("about", printable(text_at(story.current.json, "description")));
  return facts.text() + same.text() + said.text() + related.text();
}

}  // namespace comity::cli
