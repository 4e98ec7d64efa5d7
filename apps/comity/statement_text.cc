#include "statement_text.h"

#include <algorithm>
#include <utility>

#include "query/mentions.h"
#include "text.h"

namespace comity::cli {
namespace {

constexpr std::size_t kIndent = 4;

std::string block(const std::string& date, const std::string& who, const std::string& what,
                  const std::vector<std::string>& remarks) {
  std::string text =
      wrapped(printable(who), kIndent, "  " + printable(date.empty() ? "no date" : date) + "  ");
  if (!what.empty()) text += wrapped(printable(what), kIndent);
  return text + wrapped("[" + printable(joined(remarks)) + "]", kIndent);
}

std::string withheld(const query::Version& version) {
  return "  " + version.id + "\n" + wrapped("[on hold, its content is not shown]", kIndent);
}

/// "UK (state), government"; the claimants that a data set lists where there are several.
std::string maker_text(const query::Maker& maker, const std::string& name, const Json& ext) {
  std::string who = name.empty() ? maker.name : name;
  if (who.empty()) {
    std::vector<std::string> names;
    const Json& claimants = member(ext, "claimants");
    if (claimants.is_array())
      for (const Json& it : claimants) names.push_back(text_at(it, "name"));
    who = joined(names);
  }
  if (who.empty()) {
    const auto countries = texts_at(ext, "claimant_countries");
    who = "not named" + (countries.empty() ? "" : ", of " + joined(countries));
  }
  if (!maker.kind.empty()) who += " (" + plain_words({maker.kind}) + ")";
  if (!maker.group.empty()) who += ", " + maker.group;
  return who;
}

/// Who filed it: the maker itself, or another that reports it.
Result<std::string> filer_text(RecordAt& at, const query::Version& version,
                               const std::string& maker, const std::string& scope) {
  COMITY_TRY(const auto party, at.name_of(version.party));
  if (scope == "reported") return "reported by " + party;
  if (maker == version.party) return std::string("filed by itself");
  return "filed by " + party;
}

void add_marks(std::vector<std::string>& remarks, const Json& ext, bool doubtful,
               const query::Version& version) {
  const std::string basis = text_at(ext, "record_basis");
  if (!basis.empty()) remarks.push_back("basis: " + basis);
  if (doubtful) remarks.emplace_back("DOUBTFUL");
  for (const auto& doubt : texts_at(ext, "date_doubts"))
    remarks.push_back("doubtful date: " + plain_words({doubt}));
  if (version.revoked) remarks.emplace_back("WITHDRAWN");
  if (version.relayed) remarks.emplace_back("relayed");
}

/// What the data set says where there are no words: the note's own sentence.
std::string words_of(const query::Claim& claim, const Json& object) {
  if (!claim.wording.empty()) return "\"" + claim.wording + "\"";
  return claim.form == "not_given" || claim.form.empty() ? text_at(object, "content") : "";
}

}  // namespace

Result<std::string> claim_text(RecordAt& at, const query::Claim& claim, const std::string& about) {
  if (claim.version.held) return withheld(claim.version);
  COMITY_TRY(const auto object, at.read(claim.version));
  const Json& ext = extension_of(object.json);
  COMITY_TRY(const auto name, at.names.of(claim.maker.id));
  std::vector<std::string> remarks;
  if (claim.version.kind == "attribution" && !claim.type.empty() && claim.type != "not_stated")
    remarks.push_back(claim.type == "self_claim" ? "of itself" : plain_words({claim.type}));
  if (claim.form == "not_given")
    remarks.emplace_back("wording not given");
  else if (!claim.form.empty())
    remarks.push_back(plain_words({claim.form}));
  COMITY_TRY(auto filer, filer_text(at, claim.version, claim.maker.id, claim.scope));
  remarks.push_back(std::move(filer));
  add_marks(remarks, ext, claim.doubtful, claim.version);
  std::string words = words_of(claim, object.json);
  if (claim.version.kind == "reply" && !claim.type.empty())
    words.insert(0, plain_words({claim.type}) + (words.empty() ? "" : ": "));
  if (!about.empty()) words.insert(0, about + (words.empty() ? "" : ": "));
  return block(date_text(claim.date), maker_text(claim.maker, name, ext), words, remarks);
}

Result<std::string> response_text(RecordAt& at, const query::Response& response) {
  if (response.version.held) return withheld(response.version);
  COMITY_TRY(const auto object, at.read(response.version));
  const Json& ext = extension_of(object.json);
  COMITY_TRY(const auto name, at.names.of(response.maker.id));
  std::vector<std::string> remarks;
  if (!response.status.empty()) remarks.push_back(plain_words({response.status}));
  COMITY_TRY(auto filer, filer_text(at, response.version, response.maker.id, response.scope));
  remarks.push_back(std::move(filer));
  add_marks(remarks, ext, response.doubtful, response.version);
  std::string what = plain_words({response.type});
  if (!response.detail.empty()) what += (what.empty() ? "" : ": ") + response.detail;
  if (!response.legal_basis.empty()) what += " (legal basis: " + response.legal_basis + ")";
  return block(date_text(response.date), maker_text(response.maker, name, ext), what, remarks);
}

Result<std::string> finding_text(RecordAt& at, const query::Finding& finding) {
  if (finding.version.held) return withheld(finding.version);
  COMITY_TRY(const auto object, at.read(finding.version));
  COMITY_TRY(const auto party, at.name_of(finding.version.party));
  COMITY_TRY(const auto subjects, query::subjects_of(at.snapshot(), finding.version.key));
  std::vector<std::string> norms;
  for (const auto& id : subjects) {
    if (!id.starts_with("course-of-action--")) continue;
    COMITY_TRY(auto name, at.name_of(id));
    norms.push_back(std::move(name));
  }
  std::string what = plain_words({finding.verdict});
  if (!norms.empty()) what = joined(norms) + ": " + what;
  if (!finding.reasons.empty()) what += ", because: " + finding.reasons;
  std::vector<std::string> remarks{"a finding of " + party + "'s own"};
  add_marks(remarks, extension_of(object.json), false, finding.version);
  return block(to_rfc3339(finding.version.time).substr(0, 10), party, what, remarks);
}

Result<std::string> opinion_text(RecordAt& at, const query::Opinion& opinion) {
  if (opinion.version.held) return withheld(opinion.version);
  COMITY_TRY(const auto object, at.read(opinion.version));
  COMITY_TRY(const auto party, at.name_of(opinion.version.party));
  std::string what = opinion.abstain ? "abstains" : opinion.opinion;
  const std::string reasons = text_at(object.json, "explanation");
  if (!reasons.empty()) what += ": " + reasons;
  std::vector<std::string> remarks{"filed by " + party};
  add_marks(remarks, extension_of(object.json), false, opinion.version);
  return block(to_rfc3339(opinion.version.time).substr(0, 10), party, what, remarks);
}

Result<Section> claims_section(RecordAt& at, const std::vector<query::Claim>& claims,
                               Section section) {
  for (const auto& it : claims) {
    COMITY_TRY(const auto subjects, query::subjects_of(at.snapshot(), it.version.key));
    std::vector<std::string> incidents;
    for (const auto& id : subjects) {
      if (!id.starts_with("incident--")) continue;
      COMITY_TRY(const auto name, at.name_of(id));
      incidents.push_back("on " + name);
    }
    COMITY_TRY(const auto text, claim_text(at, it, joined(incidents)));
    section.add(text);
  }
  return section;
}

void Section::add(const std::string& text) {
  text_ += text;
  ++size_;
}

std::string Section::text() const {
  if (size_ == 0 && none_.empty()) return {};
  const std::string number = size_ >= query::kTold ? "the first " + grouped(size_) : grouped(size_);
  return "\n" + title_ + " (" + number + ")\n" + (size_ == 0 ? "  " + none_ + "\n" : text_);
}

}  // namespace comity::cli
