#include "filing/object.h"

#include "tests/filing/samples.h"

namespace comity::filing {
namespace {

using samples::marked;
using samples::note;

std::string code_of_object(std::string_view object) {
  codec::JsonReader reader;
  const auto head = read_object(as_bytes(object), reader);
  return head ? "read" : head.error().code();
}

/// `text` with the first `from` in it replaced.
std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string without(const std::string& text, std::string_view part) { return with(text, part, ""); }

TEST(Object, HeadHoldsWhatAdmissionNeeds) {
  codec::JsonReader reader;
  const std::string object =
      note(7, marked(samples::kAmber) + R"(,"revoked":true)" + samples::extension("charter", ""),
           "2026-02-03T04:05:06Z");
  const auto head = read_object(as_bytes(object), reader);
  ASSERT_TRUE(head) << head.error().sentence();
  EXPECT_EQ(*head, (ObjectHead{"note", "note--" + samples::uuid(7),
                               parse_timestamp("2026-02-03T04:05:06Z").value(), true,
                               samples::party(1), Tlp::amber, Kind::charter}));
}

TEST(Object, VersionIsModifiedOrCreatedOrZero) {
  codec::JsonReader reader;
  const std::string whole = note(1, "", "2026-02-03T04:05:06Z");
  const std::string created_only = without(whole, R"("modified":"2026-02-03T04:05:06Z",)");
  EXPECT_EQ(read_object(as_bytes(created_only), reader)->version,
            parse_timestamp(samples::kTime).value());
  const std::string observable =
      R"({"type":"ipv4-addr","id":"ipv4-addr--)" + samples::uuid(1) + R"(","value":"192.0.2.1"})";
  const auto head = read_object(as_bytes(observable), reader);
  ASSERT_TRUE(head) << head.error().sentence();
  EXPECT_EQ(head->version, UnixMicros{0});
  EXPECT_EQ(head->creator, "");
  EXPECT_EQ(head->tlp, Tlp::none);
}

TEST(Object, RefusesNamesThatStixDoesNotAllow) {
  const std::string good = note(1);
  for (const auto& bad : {without(good, R"("type":"note",)"), with(good, R"("note")", R"("Note")"),
                          with(good, R"("note")", R"("report")"), with(good, "note--", "note-"),
                          with(good, "note--0", "note--A"),
                          without(good, R"("id":"note--)" + samples::uuid(1) + "\",")})
    EXPECT_EQ(code_of_object(bad), "object-malformed") << bad;
  EXPECT_EQ(code_of_object(with(good, R"("note")", "7")), "json-member-kind");
  EXPECT_EQ(code_of_object("[]"), "json-not-object");
  EXPECT_EQ(code_of_object(""), "json-malformed");
}

TEST(Object, RefusesOtherStixVersions) {
  const std::string good = note(1);
  EXPECT_EQ(code_of_object(with(good, R"("2.1")", R"("2.2")")), "object-malformed");
  EXPECT_EQ(code_of_object(with(good, R"("2.1")", R"("2.0")")), "object-stix-20");
  EXPECT_EQ(code_of_object(without(good, R"("spec_version":"2.1",)")), "object-stix-20");
}

TEST(Object, RefusesABundle) {
  EXPECT_EQ(code_of_object(R"({"type":"bundle","id":"bundle--)" + samples::uuid(1) +
                           R"(","objects":[]})"),
            "object-is-bundle");
}

TEST(Object, RefusesTimesAndCreatorsThatAreNone) {
  EXPECT_EQ(code_of_object(note(1, "", "2026-02-30T00:00:00Z")), "timestamp-malformed");
  EXPECT_EQ(code_of_object(with(note(1), R"("created":"2026)", R"("created":"1926)")),
            "timestamp-malformed");
  EXPECT_EQ(
      code_of_object(with(note(1), R"("created_by_ref":"identity)", R"("created_by_ref":"note)")),
      "object-malformed");
}

Tlp tlp_of_object(const std::string& object) {
  codec::JsonReader reader;
  const auto head = read_object(as_bytes(object), reader);
  EXPECT_TRUE(head) << head.error().sentence();
  return head ? head->tlp : Tlp::none;
}

TEST(Object, StrictestMarkingCounts) {
  const std::string other = "marking-definition--" + samples::uuid(99);
  EXPECT_EQ(tlp_of_object(note(1, marked(other))), Tlp::none);
  EXPECT_EQ(tlp_of_object(note(1, marked(std::string(samples::kClear) + R"(",")" +
                                         std::string(samples::kRed) + R"(",")" + other))),
            Tlp::red);
  const std::string granular = R"(,"granular_markings":[{"lang":"en","selectors":["content"]},)"
                               R"({"marking_ref":")" +
                               std::string(samples::kGreen) + R"(","selectors":["content"]}])";
  EXPECT_EQ(tlp_of_object(note(1, granular)), Tlp::green);
  EXPECT_EQ(tlp_of_object(note(1, marked(samples::kClear) + granular)), Tlp::green);
}

TEST(Object, AMarkingCannotHideInAnotherSpelling) {
  std::string upper(samples::kRed);
  for (auto at = upper.find("--"); at < upper.size(); ++at)
    upper[at] = static_cast<char>(std::toupper(upper[at]));
  EXPECT_EQ(code_of_object(note(1, marked(upper))), "object-malformed");
  EXPECT_EQ(code_of_object(note(1, marked(std::string(samples::kRed) + " "))), "object-malformed");
  EXPECT_EQ(code_of_object(note(1, R"(,"object_marking_refs":"x")")), "json-member-kind");
  EXPECT_EQ(code_of_object(note(1, R"(,"granular_markings":["x"])")), "json-member-kind");
  EXPECT_EQ(tlp_of_object(note(
                1, R"(,"object_marking_r\u0065fs":[")" + std::string(samples::kRed) + R"("])")),
            Tlp::red);
}

TEST(Object, KindIsTheExtensionsOwn) {
  codec::JsonReader reader;
  const auto kind_of = [&](const std::string& more) {
    return read_object(as_bytes(note(1, more)), reader)->kind;
  };
  EXPECT_EQ(kind_of(samples::extension("party", "")), Kind::party);
  EXPECT_EQ(kind_of(samples::extension("charter", "")), Kind::charter);
  EXPECT_EQ(kind_of(samples::extension("key", "")), Kind::key);
  EXPECT_EQ(kind_of(samples::extension("admission", "")), Kind::admission);
  EXPECT_EQ(kind_of(samples::extension("claim", "")), Kind::other);
  EXPECT_EQ(kind_of(R"(,"extensions":{"x":{"kind":"key"}})"), Kind::other);
  EXPECT_EQ(kind_of(R"(,"kind":"key")"), Kind::other);
  EXPECT_EQ(code_of_object(note(1, R"(,"extensions":[])")), "json-member-kind");
}

}  // namespace
}  // namespace comity::filing
