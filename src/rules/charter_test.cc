#include "rules/charter.h"

#include <set>

#include "tests/crypto/random_key.h"
#include "tests/random_bytes.h"
#include "tests/rules/scenario.h"

namespace comity::rules {
namespace {

const std::vector<Group> kAllGroups{Group::government,    Group::intergovernmental, Group::industry,
                                    Group::civil_society, Group::research,          Group::media};

/// The note with one piece of its text replaced, which must be there.
Bytes with(const Bytes& note, std::string_view piece, std::string_view other) {
  std::string text(as_text(note));
  const auto place = text.find(piece);
  COMITY_ASSERT(place != std::string::npos);
  text.replace(place, piece.size(), other);
  return to_bytes(text);
}

class Notes : public ::testing::Test {
 protected:
  std::string charter(const Bytes& note) { return code(parse_charter(note, reader)); }
  std::string key(const Bytes& note) { return code(parse_key_note(note, reader)); }
  std::string admission(const Bytes& note) { return code(parse_admission(note, reader)); }
  template <class T>
  static std::string code(const Result<T>& result) {
    return result ? "ok" : result.error().code();
  }
  codec::JsonReader reader;
  Scenario log;
};

TEST(Groups, HaveOneWordEach) {
  for (const Group group : kAllGroups) EXPECT_EQ(group_of(word_of(group)), group);
  EXPECT_FALSE(group_of("").has_value());
  EXPECT_FALSE(group_of("Research").has_value());
}

TEST(Groups, GovernmentsAreOneBreadth) {
  std::set<Group> breadths;
  for (const Group group : kAllGroups) breadths.insert(breadth_of(group));
  EXPECT_EQ(breadths.size(), 5U);
  EXPECT_EQ(breadth_of(Group::government), breadth_of(Group::intergovernmental));
}

TEST_F(Notes, CharterIsReadAsWritten) {
  for (const Charter& charter : {Scenario::usual_charter(), Scenario::sponsors_charter(64, 5)})
    EXPECT_EQ(parse_charter(log.charter_note(charter, 0), reader).value(), charter);
}

TEST_F(Notes, CharterIsStrict) {
  const Bytes note = log.charter_note(Scenario::sponsors_charter(3, 2), 0);
  const auto refused = [&](std::string_view piece, std::string_view other) {
    EXPECT_EQ(charter(with(note, piece, other)), "charter-malformed") << other;
  };
  refused(R"("type":"note")", R"("type":"report")");
  refused(R"("kind":"charter")", R"("kind":"key")");
  refused(R"("origin":"example.org/comity")", R"("origin":"example org")");
  refused(R"("origin":"example.org/comity")", R"("origin":"example.net/comity")");  // not vkey's
  refused(R"("origin")", R"("origins")");
  refused(R"("registrar":"identity--)", R"("registrar":"note--)");
  refused(R"("vkey":")", R"("vkey":"x)");
  refused(R"("receipt_key":")", R"("receipt_key":"AA)");
  refused(R"("by":"sponsors")", R"("by":"lot")");
  refused(R"("sponsors":3)", R"("sponsors":65)");
  refused(R"("sponsors":3)", R"("sponsors":1)");  // less than groups
  refused(R"("sponsors":3)", R"("sponsors":3.0)");
  refused(R"("groups":2)", R"("groups":0)");
  refused(R"("tenure_days":30)", R"("tenure_days":-1)");
  refused(R"("tenure_days":30)", R"("tenure_days":3651)");
  refused(R"("tenure_days":30)", R"("tenure":30)");
  EXPECT_EQ(charter(to_bytes("{")), "charter-malformed");
  EXPECT_EQ(charter(to_bytes(samples::note(1))), "charter-malformed");
}

TEST_F(Notes, KeyNoteIsReadAsWritten) {
  KeyNote note = Scenario::add_note(2, 3);
  EXPECT_EQ(parse_key_note(write_key_note(note, log.author(2)), reader).value(), note);
  note.custody = true;
  EXPECT_EQ(parse_key_note(write_key_note(note, log.author(2)), reader).value(), note);
  const auto revocation = parse_key_note(log.revoke_key(2, 3), reader).value();
  EXPECT_EQ(revocation.action, KeyAction::revoke);
  EXPECT_EQ(revocation.kid, note.kid);
  EXPECT_FALSE(revocation.key.has_value());
}

TEST_F(Notes, KeyNoteIsStrict) {
  const Bytes note = log.add_custody_key(2, 3);
  const auto refused = [&](std::string_view piece, std::string_view other) {
    EXPECT_EQ(key(with(note, piece, other)), "key-note-malformed") << other;
  };
  refused(R"("kind":"key")", R"("kind":"party")");
  refused(R"("party":"identity--)", R"("party":"Identity--)");
  refused(R"("action":"add")", R"("action":"rotate")");
  refused(R"("kid":")", R"("kid":"A)");
  refused(R"("kid":")" + to_base64url(Scenario::kid(3).view()),
          R"("kid":")" + to_base64url(Scenario::kid(4).view()));
  refused(R"("key":")", R"("key":"AA)");
  refused(R"("custody":true)", R"("custody":"yes")");
  refused(R"("proof":")", R"("proof":"AAAA)");
  refused(R"("proof":)", R"("prove":)");
}

TEST_F(Notes, AdmissionIsReadAsWritten) {
  for (const Group group : kAllGroups) {
    const AdmissionNote note = Scenario::admission(2, 3, group, 4);
    EXPECT_EQ(parse_admission(write_admission(note, log.author(1)), reader).value(), note);
  }
  AdmissionNote plain = Scenario::admission(2, 3);
  plain.country.clear();
  EXPECT_EQ(parse_admission(write_admission(plain, log.author(1)), reader).value(), plain);
  EXPECT_EQ(parse_admission(log.suspend(2), reader)->decision, Decision::suspend);
  EXPECT_EQ(parse_admission(log.reinstate(2), reader)->decision, Decision::reinstate);
}

TEST_F(Notes, AdmissionIsStrict) {
  const Bytes note = log.admit_party(2, 3, Group::media, 4);
  const auto refused = [&](std::string_view piece, std::string_view other) {
    EXPECT_EQ(admission(with(note, piece, other)), "admission-malformed") << other;
  };
  refused(R"("decision":"admit")", R"("decision":"expel")");
  refused(R"("group":"media")", R"("group":"press")");
  refused(R"("country":"CH")", R"("country":"ch")");
  refused(R"("country":"CH")", R"("country":"CHE")");
  refused(R"("controller":"identity--)", R"("controller":"campaign--)");
  refused(R"("kid":)", R"("keyid":)");
}

TEST(KeyProof, HasTheTextOfTheFormat) {
  codec::KeyId kid;
  EXPECT_EQ(key_proof_text("example.org/comity", samples::party(1), kid),
            "comity key proof v1\nexample.org/comity\n" + samples::party(1) +
                "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
}

// Notes that RapidCheck draws, with all that their filers may say.

std::string drawn_party() { return samples::party(*rc::gen::nonNegative<int>()); }

Authorship random_author() {
  return {samples::uuid(*rc::gen::nonNegative<int>()), drawn_party(), UnixMicros{0}};
}

Charter random_charter() {
  // From the comma on there is neither a plus nor a space, but what JSON has to escape.
  const auto origin =
      *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange(',', '~')));
  const auto log_key = crypto::random_key(crypto::Algorithm::ed25519).public_key();
  Charter charter{.origin = origin,
                  .registrar = drawn_party(),
                  .vkey = crypto::print(crypto::make_vkey(origin, log_key).value()),
                  .receipt_key = crypto::random_key().public_key(),
                  .by_sponsors = *rc::gen::arbitrary<bool>(),
                  .tenure_days = *rc::gen::inRange(0, 3651)};
  if (charter.by_sponsors) {
    charter.sponsors = *rc::gen::inRange(1, 65);
    charter.groups = *rc::gen::inRange(1, charter.sponsors + 1);
  }
  return charter;
}

KeyNote random_key_note() {
  const auto key = crypto::random_key().public_key();
  KeyNote note{.party = drawn_party(), .kid = codec::key_id(key), .key = key, .proof = {}};
  note.action = *rc::gen::element(KeyAction::add, KeyAction::revoke);
  if (note.action == KeyAction::revoke) {
    note.key.reset();
    return note;
  }
  note.custody = *rc::gen::arbitrary<bool>();
  note.proof = drawn_bytes(sizeof(crypto::Signature));
  return note;
}

AdmissionNote random_admission() {
  AdmissionNote note{
      .party = drawn_party(),
      .decision = *rc::gen::element(Decision::admit, Decision::suspend, Decision::reinstate),
      .country = {},
      .controller = {},
      .kid = {}};
  if (note.decision != Decision::admit) return note;
  note.group = *rc::gen::elementOf(kAllGroups);
  if (*rc::gen::arbitrary<bool>())
    note.country = *rc::gen::container<std::string>(2, rc::gen::inRange('A', '['));
  note.controller = *rc::gen::arbitrary<bool>() ? drawn_party() : note.party;
  note.kid = drawn_digest<codec::KeyId>();
  return note;
}

RC_GTEST_PROP(CharterProperty, ParsingIsTheInverseOfWriting, ()) {
  const Charter charter = random_charter();
  codec::JsonReader reader;
  const auto read = parse_charter(write_charter(charter, random_author()), reader);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == charter);
}

RC_GTEST_PROP(KeyNoteProperty, ParsingIsTheInverseOfWriting, ()) {
  const KeyNote note = random_key_note();
  codec::JsonReader reader;
  const auto read = parse_key_note(write_key_note(note, random_author()), reader);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == note);
}

RC_GTEST_PROP(AdmissionProperty, ParsingIsTheInverseOfWriting, ()) {
  const AdmissionNote note = random_admission();
  codec::JsonReader reader;
  const auto read = parse_admission(write_admission(note, random_author()), reader);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == note);
}

}  // namespace
}  // namespace comity::rules
