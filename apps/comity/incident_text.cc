#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "object_text.h"
#include "text.h"

namespace comity::cli {
namespace {

/// One claim, reply or response, ready to be sorted by its date.
struct Said {
  std::string date;  ///< as in the record, to sort by
  std::string text;
};

bool mark(const Json& object, const char* name) {
  const Json& found = member(object, name);
  return found.is_boolean() && found.get<bool>();
}

std::string claimant(const ObjectStory& story, const Json& ext) {
  const std::string id = text_at(ext, "made_by_ref");
  std::string who = id.empty() ? "" : story.name_of(id);
  if (const std::string word = text_at(ext, "made_by"); who == id && !word.empty()) who = word;
  const std::string kind = text_at(ext, "claimant_kind");
  return kind.empty() ? who : who + " (" + kind + ")";
}

/// Who recorded it, in what form, on what basis, with what doubt.
std::string marks(const ObjectStory& story, const RecordedObject& object, const Json& ext) {
  std::vector<std::string> all;
  const std::string form = text_at(ext, "wording_form");
  if (form == "paraphrase") all.emplace_back("paraphrase");
  if (form == "verbatim") all.emplace_back("verbatim");
  if (text_at(ext, "statement_type") == "self_claim") all.emplace_back("of itself");
  if (text_at(ext, "scope") == "reported")
    all.push_back("reported by " + story.name_of(object.party));
  const std::string basis = text_at(ext, "record_basis");
  if (!basis.empty()) all.push_back("basis: " + basis);
  if (mark(ext, "doubtful")) all.emplace_back("DOUBTFUL");
  if (object.revoked) all.emplace_back("WITHDRAWN");
  return joined(all);
}

std::string block(const std::string& date, const std::string& who, const std::string& what,
                  const std::string& remarks) {
  constexpr std::size_t kIndent = 4;
  std::string text =
      "  " + printable(date.empty() ? "no date" : date) + "  " + printable(who) + "\n";
  if (!what.empty()) text += wrapped(printable(what), kIndent);
  return text + wrapped("[" + printable(remarks) + "]", kIndent);
}

std::string quoted(const Json& ext) {
  const std::string wording = text_at(ext, "wording");
  return wording.empty() ? "" : "\"" + wording + "\"";
}

std::string section(const char* title, std::vector<Said> all, const char* none) {
  std::stable_sort(all.begin(), all.end(),
                   [](const Said& a, const Said& b) { return a.date < b.date; });
  std::string text = "\n" + std::string(title) + " (" + std::to_string(all.size()) + ")\n";
  if (all.empty()) text += "  " + std::string(none) + "\n";
  for (const auto& it : all) text += it.text;
  return text;
}

std::vector<Said> notes_of_kind(const ObjectStory& story, const char* kind) {
  std::vector<Said> all;
  for (const auto& object : story.mentions) {
    const Json& ext = extension_of(object.json);
    if (text_at(ext, "kind") != kind) continue;
    const Json& date = member(ext, "date");
    std::string what = quoted(ext);
    const std::string reply = text_at(ext, "reply_type");
    if (!reply.empty()) what.insert(0, plain_words({reply}) + (what.empty() ? "" : ": "));
    all.push_back({text_at(date, "date"),
                   block(date_text(date), claimant(story, ext), what, marks(story, object, ext))});
  }
  return all;
}

/// The courses of action that a relationship ties to the incident.
std::vector<Said> responses(const ObjectStory& story) {
  std::vector<Said> all;
  for (const auto& relation : story.mentions) {
    const auto found = story.named.find(text_at(relation.json, "source_ref"));
    if (text_at(relation.json, "type") != "relationship" || found == story.named.end()) continue;
    const RecordedObject& object = found->second;
    const Json& ext = extension_of(object.json);
    if (text_at(ext, "kind") != "response") continue;
    const std::string detail = text_at(object.json, "description");
    const Json& date = member(ext, "taken_at");
    all.push_back({text_at(date, "date"), block(date_text(date), claimant(story, ext),
                                                plain_words({text_at(ext, "response_type")}) +
                                                    (detail.empty() ? "" : ": " + detail),
                                                marks(story, object, ext))});
  }
  return all;
}

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
    const std::string name = text_at(it, "source_name");
    const std::string id = text_at(it, "external_id");
    text += "  " + printable(url.empty() ? fmt::format("{} {}", name, id) : url) + "\n";
  }
  return text;
}

}  // namespace

std::string date_text(const Json& date) {
  constexpr std::array<const char*, 12> kMonths{"January",   "February", "March",    "April",
                                                "May",       "June",     "July",     "August",
                                                "September", "October",  "November", "December"};
  std::string text = text_at(date, "date");
  if (text.size() == 4) return text + " (month not known)";
  unsigned month = 0;
  if (text.size() < 7) return text;
  std::from_chars(text.data() + 5, text.data() + 7, month);
  if (month < 1 || month > kMonths.size()) return text;
  const std::string named = std::string(kMonths.at(month - 1)) + " " + text.substr(0, 4);
  if (text.size() != 10) return named + " (day not known)";
  return (text[8] == '0' ? text.substr(9) : text.substr(8)) + " " + named;
}

std::string plain_words(const std::vector<std::string>& words) {
  std::string text = joined(words);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string incident_text(const ObjectStory& story) {
  const Json& incident = story.current().json;
  const Json& ext = extension_of(incident);
  const Json& victims = member(ext, "victims");
  Facts facts;
  facts.add("when", when(ext))
      .add("victims", printable(joined(texts_at(victims, "countries"))))
      .add("sectors", printable(plain_words(texts_at(victims, "sectors"))))
      .add("effects", printable(plain_words(texts_at(ext, "effects"))))
      .add("techniques", printable(plain_words(texts_at(ext, "techniques"))))
      .add("alleged actor", printable(plain_words(texts_at(ext, "actor_types"))))
      .add("flags", printable(plain_words(texts_at(ext, "flags"))))
      .add("about", printable(text_at(incident, "description")));
  for (const auto& doubt : texts_at(ext, "doubtful")) facts.add("doubtful", printable(doubt));
  const bool searched = text_at(ext, "response_search") != "not_searched";
  return facts.text() +
         section("Who says who did it", notes_of_kind(story, "attribution"),
                 "no claim is on record") +
         section("Replies", notes_of_kind(story, "reply"),
                 "none is filed here; whether one was made in public was not looked into") +
         section("Responses", responses(story),
                 searched ? "none is on record"
                          : "none is on record; whether there are any was not looked into") +
         sources(incident);
}

}  // namespace comity::cli
