#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "filing/stix_id.h"

#include "query/party.h"
#include "record_at.h"
#include "text.h"
#include "token_file.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct NewOptions {
  std::string directory;
  std::string party;
  std::string label;
  std::optional<std::uint64_t> requests_per_second;
  std::optional<std::uint64_t> burst;
};

struct TokenListOptions {
  std::string directory;
};

struct RevokeOptions {
  std::string directory;
  std::string id;
};

constexpr const char* kTokenFooter =
    "Nothing needs a token: reading is public, and filing needs a signature. Whoever sends one is\n"
    "counted by it and no longer by an address, which others may share: docs/operating/tokens.md.\n"
    "All three work beside `comity serve`, which reads the tokens when it starts and on SIGHUP.\n"
    "\n"
    "Examples:\n"
    "  comity token new registry --party ID --label 'night shift' --requests-per-second 50\n"
    "  comity token list registry\n"
    "  comity token revoke registry 3f9c0a51b2de";

constexpr const char* kReload =
    "A server that runs knows of it after SIGHUP (`systemctl reload comity`).\n";

std::string requests_text(const Token& token) {
  std::string text;
  if (token.requests_per_second)
    text = *token.requests_per_second == 0 ? "any number"
                                           : std::to_string(*token.requests_per_second) + "/s";
  if (token.burst) text += (text.empty() ? "burst " : ", burst ") + std::to_string(*token.burst);
  return text.empty() ? "the server's" : text;
}

std::string created_text(const Token& token) {
  return to_rfc3339(UnixSeconds{count(token.created) / 1'000'000});
}

Json json_of(const Token& token) {
  const auto number = [](const std::optional<std::uint64_t>& it) {
    return it ? Json(*it) : Json(nullptr);
  };
  return {{"id", id_of(token.hash)},
          {"party", token.party},
          {"label", token.label},
          {"created", to_rfc3339(token.created)},
          {"requests_per_second", number(token.requests_per_second)},
          {"burst", number(token.burst)}};
}

Result<void> check_party(const NewOptions& options, const Context& context) {
  if (!filing::is_party_id(options.party))
    return refuse("party-id-malformed",
                  options.party +
                      " is no party's id (\"identity--\" and a lower-case UUID); `comity party "
                      "list` shows them.");
  COMITY_TRY(auto at, RecordAt::open(options.directory, {}, context));
  COMITY_TRY(const auto party, query::party_of(at.snapshot(), options.party, at.size));
  if (party) return {};
  return refuse("party-unknown",
                options.party + " is not admitted here; `comity party list` shows who is.");
}

/// A token whose id no other has, and what is kept of it.
Token draw_token_for(const NewOptions& options, const std::vector<Token>& others,
                     std::string& text) {
  Token token{.hash = {},
              .party = options.party,
              .label = options.label,
              .created = SystemClock().now(),
              .requests_per_second = options.requests_per_second,
              .burst = options.burst};
  do {
    text = draw_token();
    token.hash = hash_of_token(text);
  } while (std::ranges::any_of(
      others, [&](const Token& it) { return id_of(it.hash) == id_of(token.hash); }));
  return token;
}

Result<Outcome> token_new(const NewOptions& options, Context& context) {
  if (!is_token_label(options.label))
    return refuse("token-label-malformed",
                  "A label is UTF-8 without control characters, of at "
                  "most 100 bytes; choose a shorter one.");
  COMITY_CHECK(check_party(options, context));
  COMITY_TRY(auto held, HeldTokens::open(options.directory));
  if (held.tokens.size() >= kMostTokens)
    return refuse("tokens-too-many", "The registry has " + std::to_string(kMostTokens) +
                                         " tokens, which is the most; revoke some first.");
  std::string text;
  const Token token = draw_token_for(options, held.tokens, text);
  held.tokens.push_back(token);
  COMITY_CHECK(held.put());
  Json json{{"token", text}};
  json.update(json_of(token));
  Facts facts;
  facts.add("id", id_of(token.hash))
      .add("party", token.party)
      .add("label", printable(token.label))
      .add("rate", requests_text(token));
  context.print(json, "A new token, which is shown this once:\n\n  " + text + "\n\n" +
                          facts.text() + kReload);
  return Outcome::ok;
}

Result<Outcome> token_list(const TokenListOptions& options, Context& context) {
  COMITY_CHECK(read_own_trust(options.directory));
  COMITY_TRY(const auto tokens, read_tokens(token_path(options.directory)));
  Json list = Json::array();
  std::string text = counted(tokens.size(), "token", "tokens") + "\n";
  const auto add_row = [&](const auto&... cells) {
    text += fmt::format("{:<12}  {:<46}  {:<20}  {:<20}  {}", cells...);
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  };
  if (!tokens.empty()) {
    text += '\n';
    add_row("id", "party", "created", "rate", "label");
  }
  for (const auto& token : tokens) {
    list.push_back(json_of(token));
    add_row(id_of(token.hash), token.party, created_text(token), requests_text(token),
            printable(token.label));
  }
  context.print({{"tokens", std::move(list)}}, text);
  return Outcome::ok;
}

Result<Outcome> token_revoke(const RevokeOptions& options, Context& context) {
  COMITY_CHECK(read_own_trust(options.directory));
  COMITY_TRY(auto held, HeldTokens::open(options.directory));
  const auto found = std::ranges::find_if(
      held.tokens, [&](const Token& it) { return id_of(it.hash) == options.id; });
  if (found == held.tokens.end())
    return refuse("token-id-unknown", "No token has the id " + printable(options.id) +
                                          "; `comity token list` shows those that there are.");
  const Token token = std::move(*found);
  held.tokens.erase(found);
  COMITY_CHECK(held.put());
  context.print(json_of(token),
                "Token " + options.id + " of " + token.party + " is revoked.\n" + kReload);
  return Outcome::ok;
}

/// Digits alone, of a number from `least` to the most that a token may have.
CheckValue number_from(std::uint64_t least) {
  return [least](const std::string& text) -> std::string {
    const bool fits =
        is_whole_number(text) && std::stoull(text) >= least && std::stoull(text) <= kMostRequests;
    return fits ? ""
                : fmt::format("{} is no whole number from {} to {}", text, least, kMostRequests);
  };
}

void add_token_new(Verb token, Context& context) {
  auto options = std::make_shared<NewOptions>();
  const auto verb = token.add_subcommand("new", "Give out a token, and show it this once");
  add_registry(verb, options->directory);
  add_named(verb, "--party", options->party, "ID", "The party that it is for").required();
  add_named(verb, "--label", options->label, "TEXT", "What the party tells it by");
  verb.add_option("--requests-per-second", options->requests_per_second,
                  "A rate of its own; 0 = any number; without it, the server's")
      .type_name("N")
      .check(number_from(0));
  verb.add_option("--burst", options->burst,
                  "Requests that it may save up; without it, as many as the server has it")
      .type_name("N")
      .check(number_from(1));
  verb.footer(
      "Examples:\n"
      "  comity token new registry --party identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90\n"
      "  comity token new registry --party ID --label 'night shift' \\\n"
      "      --requests-per-second 50 --burst 200");
  run_when_named(verb, context, options, token_new);
}

}  // namespace

void add_token(Verb app, Context& context) {
  const auto token = app.add_subcommand("token", "Give out, list and revoke tokens for a server");
  token.group("A registry");
  token.require_subcommand(1);
  token.footer(kTokenFooter);
  add_token_new(token, context);

  auto listed = std::make_shared<TokenListOptions>();
  const auto list = token.add_subcommand("list", "List the tokens, of which none is shown");
  add_registry(list, listed->directory);
  list.footer("Examples:\n  comity token list registry\n  comity token list registry --json");
  run_when_named(list, context, listed, token_list);

  auto revoked = std::make_shared<RevokeOptions>();
  const auto revoke = token.add_subcommand("revoke", "Revoke a token, for ever");
  add_registry(revoke, revoked->directory);
  add_positional(revoke, "ID", revoked->id, "The token, as `comity token list` shows it");
  revoke.footer("Examples:\n  comity token revoke registry 3f9c0a51b2de");
  run_when_named(revoke, context, revoked, token_revoke);
}

}  // namespace comity::cli
