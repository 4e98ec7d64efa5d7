#include <algorithm>

#include <fmt/format.h>

#include "object_text.h"
#include "query/search.h"
#include "query/search_json.h"
#include "text.h"
#include "verbs/search.h"

namespace comity::cli {
namespace {

using query::FoundClaim;
using query::FoundDate;
using query::Hit;

constexpr std::size_t kHitIndent = 4;
constexpr std::size_t kFacetValues = 10;
constexpr std::size_t kWordingBytes = 160;

std::string in_words(const std::optional<FoundDate>& date) {
  return date ? date_text(query::Json{{"date", query::print(date)}}) : "";
}

std::string when(const Hit& hit) {
  std::string start = in_words(hit.start);
  const std::string end = in_words(hit.end);
  if (start.empty() && end.empty()) return "no date";
  if (end.empty() || end == start) return start;
  return start.empty() ? "until " + end : start + " to " + end;
}

/// The beginning of what somebody said, whole characters.
std::string quoted_wording(const std::string& wording) {
  if (wording.size() <= kWordingBytes) return "\"" + wording + "\"";
  std::size_t end = kWordingBytes;
  while (end > 0 && (static_cast<unsigned char>(wording[end]) & 0xc0U) == 0x80U) --end;
  return "\"" + wording.substr(0, end) + " ...\"";
}

/// Who says what, in the words of the record.
std::string said(const FoundClaim& claim) {
  std::string text = claim.claimant.empty() ? "claimant not named" : claim.claimant;
  if (claim.is_reply) text += " replies";
  std::vector<std::string> named = claim.actors;
  if (!claim.state.empty()) named.push_back("state " + claim.state);
  if (!named.empty()) text += " names " + joined(named);
  if (!claim.wording.empty()) text += ": " + quoted_wording(claim.wording);
  if (named.empty() && claim.wording.empty()) text += ": no words of the claim are on record";
  return text;
}

std::string claims_line(const Hit& hit) {
  if (hit.claims.empty()) return "no claim is on record";
  std::vector<std::string> parts;
  parts.reserve(hit.claims.size() + 1);
  for (const FoundClaim& claim : hit.claims) parts.push_back(said(claim));
  if (hit.claim_count > hit.claims.size())
    parts.push_back(counted(hit.claim_count - hit.claims.size(), "more claim", "more claims"));
  return joined(parts, "; ");
}

std::string incident_lines(const Hit& hit) {
  std::vector<std::string> facts{when(hit)};
  if (!hit.countries.empty()) facts.push_back(joined(hit.countries, " "));
  if (!hit.sectors.empty()) facts.push_back(plain_words(hit.sectors));
  return printable(hit.name) + "\n" + wrapped(printable(joined(facts, " | ")), kHitIndent) +
         wrapped(printable(claims_line(hit)), kHitIndent);
}

std::string actor_lines(const Hit& hit) {
  std::string text = printable(hit.name) + "\n";
  if (!hit.aliases.empty()) text += wrapped(printable("also " + joined(hit.aliases)), kHitIndent);
  if (!hit.joined.empty())
    text +=
        wrapped(printable("by other objects of the record also " + joined(hit.joined)), kHitIndent);
  return text;
}

std::string claim_lines(const Hit& hit) {
  const FoundClaim& claim = hit.claims.front();
  const std::string date = in_words(claim.date);
  return printable(said(claim)) + "\n" +
         wrapped(printable((date.empty() ? "no date" : date) + " | on " +
                           (hit.about.empty() ? "no incident of the record"
                                              : hit.about_name + " (" + hit.about + ")")),
                 kHitIndent);
}

std::string hit_lines(const Hit& hit) {
  std::string text;
  if (hit.id.starts_with("incident--"))
    text = incident_lines(hit);
  else
    text = hit.claims.empty() ? actor_lines(hit) : claim_lines(hit);
  return text + "    " + printable(hit.id) + ", filed by " + printable(hit.filed_by) +
         " in entry " + std::to_string(hit.entry) + "\n\n";
}

std::string facets_text(const query::SearchPage& page) {
  std::string text =
      (page.facets_are_partial ? "Counts of " + grouped(page.facets_of) + " last filed\n"
                               : "Counts of all " + grouped(page.facets_of) + "\n");
  Facts facts;
  for (const auto& facet : page.facets) {
    std::vector<std::string> parts;
    for (const auto& value : facet.values) {
      if (parts.size() == kFacetValues) {
        parts.push_back(grouped(facet.values.size() - parts.size()) + " more");
        break;
      }
      parts.push_back(printable(plain_words({value.value})) + " " + grouped(value.count));
    }
    facts.add(facet.name, joined(parts));
  }
  return text + facts.text() + "\n";
}

std::string nothing_found(const SearchOptions& options, const std::vector<std::string>& near) {
  std::string text = "Nothing is found.\n";
  if (!near.empty()) text += wrapped(printable(joined(near)), kHitIndent, "  near: ");
  if (!options.words.empty())
    text += "  Try fewer words, the beginning of one (ransom*), or --kind claims or actors.\n";
  return text + "  See what there is: comity search " + printable(options.directory) +
         " --facets --limit 1\n";
}

/// As a shell takes it.
std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,+@%=";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted_word = "'";
  for (const char c : word) {
    if (c == '\'')
      quoted_word += "'\\''";
    else
      quoted_word += c;
  }
  return quoted_word + "'";
}

}  // namespace

std::string SearchOptions::command(const std::string& cursor) const {
  std::string text = "comity search " + shell_word(directory);
  const auto add = [&text](const char* flag, const std::string& value) {
    if (!value.empty()) text += std::string(" ") + flag + " " + shell_word(value);
  };
  for (const std::string& word : words) text += " " + shell_word(word);
  if (kind != "incidents") add("--kind", kind);
  for (const std::string& value : filters.countries) add("--country", value);
  for (const std::string& value : filters.sectors) add("--sector", value);
  for (const std::string& value : filters.effects) add("--effect", value);
  for (const std::string& value : filters.techniques) add("--technique", value);
  add("--actor", filters.actor);
  add("--claimant", filters.claimant);
  add("--response", filters.response);
  add("--filed-by", filters.filed_by);
  add("--source", filters.source);
  add("--from", from);
  add("--to", to);
  if (surely) text += " --surely";
  if (order != "best") add("--sort", order);
  add("--as-of", as_of_text);
  if (limit != SearchOptions{}.limit) add("--limit", std::to_string(limit));
  add("--after", cursor);
  return text;
}

std::string search_text(const query::SearchPage& page, const SearchOptions& options,
                        const std::vector<std::string>& near) {
  std::string text;
  if (!page.sought_names.empty())
    text += wrapped(printable(joined(page.sought_names)), kHitIndent, "Sought as: ") + "\n";
  for (const Hit& hit : page.hits) text += hit_lines(hit);
  if (options.facets) text += facets_text(page);
  if (page.count == 0 && page.next.empty()) return text + nothing_found(options, near);
  text += counted(page.hits.size(), "hit", "hits") + " of " +
          (page.count_is_least ? "at least " : "") + grouped(page.count) + ", as of " +
          counted(page.size, "entry", "entries") + ".\n";
  if (!page.next.empty()) text += "More: " + printable(options.command(page.next)) + "\n";
  return text;
}

}  // namespace comity::cli
