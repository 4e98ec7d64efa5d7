#include "application_file.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "crypto/secret_key.h"
#include "filing/object.h"
#include "rules/write_notes.h"

namespace comity::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kParty = "identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90";
constexpr const char* kUuid = "0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c91";

Application sample() {
  const auto key = crypto::SecretKey::generate(crypto::Algorithm::ed25519).public_key();
  const UnixMicros time{1'767'323'045'000'000};
  return {.identity = rules::write_party({.id = kParty,
                                          .name = "Alice e.V.",
                                          .group = rules::Group::media,
                                          .country = "DE",
                                          .controller = {},
                                          .time = time}),
          .key_note = rules::write_key_note({.party = kParty,
                                             .action = rules::KeyAction::add,
                                             .kid = codec::key_id(key),
                                             .key = key,
                                             .custody = false,
                                             .proof = Bytes(64)},
                                            {kUuid, kParty, time})};
}

std::string refused(const Json& bundle) {
  const auto parsed = parse_application(as_bytes(bundle.dump()), "it");
  return parsed ? "" : parsed.error().code();
}

TEST(ApplicationFile, IsReadAsItIsWritten) {
  const Application written = sample();
  const auto read = parse_application(as_bytes(print(written, kUuid)), "it");
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->identity, written.identity);
  EXPECT_EQ(read->key_note, written.key_note);
  EXPECT_EQ(read->admission.party, kParty);
  EXPECT_EQ(read->admission.group, rules::Group::media);
  EXPECT_EQ(read->admission.country, "DE");
  EXPECT_EQ(read->admission.controller, "");
}

TEST(ApplicationFile, HoldsOneIdentityAndOneKeyNote) {
  const Json good = Json::parse(print(sample(), kUuid));
  EXPECT_EQ(refused(good), "");
  Json other = good;
  std::swap(other["objects"][0], other["objects"][1]);
  EXPECT_EQ(refused(other), "");
  other["objects"].push_back(other["objects"][0]);
  EXPECT_EQ(refused(other), "application-malformed");
  for (const std::size_t which : {0U, 1U}) {
    other = good;
    other["objects"].erase(which);
    EXPECT_EQ(refused(other), "application-malformed");
    other["objects"].push_back(other["objects"][0]);
    EXPECT_EQ(refused(other), "application-malformed");
  }
  EXPECT_EQ(refused({{"objects", Json::object()}}), "application-malformed");
}

TEST(ApplicationFile, AsksForItsOwnPartyAndKey) {
  const std::string extension(filing::kExtensionId);
  const Json good = Json::parse(print(sample(), kUuid));
  const auto with = [&](std::size_t object, const char* name, const Json& value) {
    Json changed = good;
    changed["objects"][object]["extensions"][extension][name] = value;
    return refused(changed);
  };
  EXPECT_EQ(with(1, "party", std::string("identity--") + kUuid), "application-malformed");
  EXPECT_EQ(with(1, "action", "revoke"), "application-malformed");
  EXPECT_EQ(with(1, "kid", std::string(43, 'A')), "key-note-malformed");
  for (const Json& bad : {Json("gang"), Json(1), Json(nullptr)})
    EXPECT_EQ(with(0, "group", bad), "application-malformed") << bad;
  // The registrar may say otherwise, so it is for the note that is filed.
  EXPECT_EQ(with(0, "country", "Germany"), "");
}

/// A parser that looks for each name among those before it takes half a minute.
TEST(ApplicationFile, OfVeryManyMembersIsReadAtOnce) {
  Application application = sample();
  std::string identity = "{";
  for (int i = 0; i < 80'000; ++i) identity += "\"" + std::to_string(i) + "\":0,";
  identity += as_text(application.identity).substr(1);
  application.identity = to_bytes(identity);
  EXPECT_TRUE(parse_application(as_bytes(print(application, kUuid)), "it"));
}

}  // namespace
}  // namespace comity::cli
