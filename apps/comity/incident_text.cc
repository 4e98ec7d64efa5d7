#include "object_text.h"
#include "statement_text.h"
#include "text.h"

namespace comity::cli {
namespace {

std::string when(const Json& ext) {
  std::string start = date_text(member(ext, "start"));
  const std::string end = date_text(member(ext, "end"));
  if (start.empty() && end.empty()) return "not known";
  if (end.empty() || end == start) return start;
  return (start.empty() ? "until " : "from " + start + " to ") + end;
}

std::string sources(const Json& incident) {
  std::string text = "\nSources\n";
  const Json& references = member(incident, "external_references");
  if (!references.is_array() || references.empty()) return text + "  none given\n";
  for (const auto& it : references) {
    const std::string url = text_at(it, "url");
    std::string name = text_at(it, "source_name");
    const std::string id = text_at(it, "external_id");
    if (!id.empty()) name += " " + id;
    text += "  " + printable(url.empty() ? name : url) + "\n";
  }
  return text;
}

std::string facts(const Json& incident) {
  const Json& ext = extension_of(incident);
  const Json& victims = member(ext, "victims");
  std::vector<std::string> places = texts_at(victims, "countries");
  for (auto& region : texts_at(victims, "regions")) places.push_back(std::move(region));
  Facts facts;
  facts.add("when", printable(when(ext)))
      .add("victims", printable(joined(places)))
      .add("hit", printable(joined(texts_at(victims, "organizations"))))
      .add("sectors", printable(plain_words(texts_at(victims, "sectors"))))
      .add("effects", printable(plain_words(texts_at(ext, "effects"))))
      .add("techniques", printable(plain_words(texts_at(ext, "techniques"))))
      .add("alleged actor", printable(plain_words(texts_at(ext, "actor_types"))))
      .add("flags", printable(plain_words(texts_at(ext, "flags"))))
      .add("about", printable(text_at(incident, "description")));
  for (const auto& doubt : texts_at(ext, "doubtful"))
    facts.add("doubtful", printable(plain_words({doubt})));
  return facts.text();
}

/// What it means that no response is listed, by what the incident's filer says of its search.
std::string no_response(const std::string& search) {
  if (search == "not_searched")
    return "none is on record; whether there are any was not looked into (not searched)";
  if (search == "searched_none_found") return "none: a search was made, and none was found";
  if (search == "found") return "said to have been found, but none is on record here";
  return "none is on record; whether anybody searched is not said";
}

/// Adds the texts of statements to a section.
template <class Statement>
Result<void> add_all(RecordAt& at, const std::vector<Statement>& all, Section& section,
                     Result<std::string> (*text)(RecordAt&, const Statement&)) {
  for (const auto& it : all) {
    COMITY_TRY(const auto made, text(at, it));
    section.add(made);
  }
  return {};
}

}  // namespace

Result<std::string> incident_text(RecordAt& at, const ObjectStory& story) {
  const auto object = story.current.version.object;
  const Json& incident = story.current.json;
  const std::string search = text_at(extension_of(incident), "response_search");
  Section claims("Who says who did it", "no claim is on record");
  Section replies("Replies",
                  "none is filed here; whether one was made in public was not looked into");
  Section responses("Responses", no_response(search));
  Section findings("Findings of parties on norms");
  Section opinions("Opinions");

  COMITY_TRY(const auto said, query::claims_about(at.snapshot(), object, at.size, query::kTold));
  for (const auto& it : said) {
    COMITY_TRY(const auto text, claim_text(at, it));
    (it.version.kind == "reply" ? replies : claims).add(text);
  }
  COMITY_TRY(const auto done, query::responses_to(at.snapshot(), object, at.size, query::kTold));
  COMITY_CHECK(add_all(at, done, responses, response_text));
  COMITY_TRY(const auto found, query::findings_about(at.snapshot(), object, at.size, query::kTold));
  COMITY_CHECK(add_all(at, found, findings, finding_text));
  COMITY_TRY(const auto held, query::opinions_about(at.snapshot(), object, at.size, query::kTold));
  COMITY_CHECK(add_all(at, held, opinions, opinion_text));

  return facts(incident) + claims.text() + replies.text() + responses.text() + findings.text() +
         opinions.text() + sources(incident);
}

}  // namespace comity::cli
