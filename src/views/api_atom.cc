#include "views/api_atom.h"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "views/api_xml.h"

#include "query/search_json.h"

namespace comity::views {
namespace {

using query::FoundClaim;
using query::Hit;

/// What a claim says, as its claimant's own.
std::string said(const FoundClaim& claim) {
  std::string text = claim.claimant.empty() ? "Claimant not named" : claim.claimant;
  if (claim.is_reply) text += " replies";
  if (!claim.actors.empty()) text += fmt::format(" names {}", fmt::join(claim.actors, ", "));
  if (!claim.state.empty()) text += fmt::format(" (state {})", claim.state);
  if (!claim.wording.empty()) text += fmt::format(": \"{}\"", claim.wording);
  return text;
}

std::string title_of(const Hit& hit) {
  if (!hit.name.empty()) return hit.name;
  if (hit.claims.empty()) return hit.id;
  const std::string about = hit.about_name.empty() ? "" : " on " + hit.about_name;
  return said(hit.claims.front()) + about;
}

std::string summary_of(const Hit& hit) {
  std::vector<std::string> parts;
  const std::string start = query::print(hit.start);
  if (!start.empty()) parts.push_back("began " + start);
  if (!hit.countries.empty())
    parts.push_back(fmt::format("victims in {}", fmt::join(hit.countries, ", ")));
  if (!hit.aliases.empty()) parts.push_back(fmt::format("also {}", fmt::join(hit.aliases, ", ")));
  for (const FoundClaim& claim : hit.claims) parts.push_back(said(claim));
  return fmt::format("{}", fmt::join(parts, "; "));
}

void add_entry(XmlDocument& xml, const AtomHead& head, const Hit& hit) {
  const std::string path = "/api/v1/objects/" + hit.id;
  xml.open("entry");
  xml.add("id", fmt::format("https://{}/objects/{}", head.origin, hit.id));
  xml.add("title", title_of(hit));
  xml.add("updated", to_rfc3339(hit.filed));
  xml.open("author");
  xml.add("name", hit.filed_by);
  xml.close();
  xml.add("link", "",
          {{"rel", "alternate"}, {"type", "application/json"}, {"href", head.base_url + path}});
  xml.add("summary", summary_of(hit));
  xml.close();
}

}  // namespace

std::string atom_feed(const AtomHead& head, const query::SearchPage& page) {
  XmlDocument xml;
  xml.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}});
  xml.add("id", fmt::format("https://{}{}", head.origin, head.target));
  xml.add("title", head.title);
  xml.add("updated", to_rfc3339(head.updated));
  xml.add(
      "link", "",
      {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", head.base_url + head.target}});
  for (const Hit& hit : page.hits) add_entry(xml, head, hit);
  xml.close();
  return std::move(xml).finish();
}

}  // namespace comity::views
