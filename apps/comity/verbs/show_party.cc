#include <utility>

#include "keys.h"
#include "query/party_story.h"
#include "text.h"
#include "verbs/show.h"

namespace comity::cli {
namespace {

std::string text_of_keys(const query::PartyStory& story) {
  std::string text = "\nKeys\n";
  for (const auto& key : story.keys) {
    std::string line = text_of(key.kid);
    if (const auto* known = story.public_key(key.kid))
      line += "  " + std::string(crypto::name_of(known->algorithm()));
    line += ", added by entry " + std::to_string(key.added);
    if (key.custody) line += ", in custody";
    if (key.revoked) line += ", REVOKED by entry " + std::to_string(*key.revoked);
    text += "  " + line + "\n";
  }
  return text;
}

std::string text_of_history(const query::PartyStory& story) {
  std::string text = "\nHistory\n";
  for (const auto& it : story.history)
    text += wrapped("entry " + std::to_string(it.entry) + ": " + printable(it.what), 24,
                    "  " + to_rfc3339(it.time) + "  ");
  return text;
}

}  // namespace

Result<bool> show_party(RecordAt& at, const std::string& what, const Context& context) {
  COMITY_TRY(auto found, query::find_party(at, what));
  if (!found) return false;
  COMITY_TRY(const auto story, query::tell_party(at, std::move(*found)));
  const query::Party& party = story.party;
  Facts facts;
  facts.add("group", party.group)
      .add("country", party.country)
      .add("controller", party.controller == party.id ? "" : printable(story.controller))
      .add("standing", party.suspended ? "SUSPENDED" : "admitted")
      .add("since", to_rfc3339(party.admitted_time))
      .add("filings", grouped(story.filings));
  context.print(query::party_json(story, at.size), printable(story.name) + "\n  " + party.id +
                                                       "\n\n" + facts.text() + text_of_keys(story) +
                                                       text_of_history(story));
  return true;
}

}  // namespace comity::cli
