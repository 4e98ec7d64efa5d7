#include "filing/control.h"

#include "codec/cbor.h"
#include "codec/cose.h"

#include "tests/filing/samples.h"
#include "tests/random_bytes.h"

namespace comity::filing {
namespace {

using samples::key;

std::vector<Control> one_of_each() {
  RecordDigest digest;
  digest.bytes.fill(std::byte{0xab});
  return {Tick{samples::kIssued},
          Disclose{{3, 65535}, "note--" + samples::uuid(1), UnixMicros{1}, true},
          Erase{{4, 0}, "right to erasure", "Court of Example"},
          Hold{{5, 1}, true, "evidence", "Prosecutor of Example"},
          Hold{{5, 1}, false, "case closed", "Prosecutor of Example"},
          ActivateRules{2},
          FileDigest{1ULL << 40, digest}};
}

Bytes signed_control(const Control& control) {
  return sign_statement(StatementKind::control, samples::claims(std::string(samples::kOrigin)),
                        write_control(control), key(1))
      .value();
}

std::string code_of_control(ByteView payload) {
  const auto control = parse_control(payload);
  return control ? "read" : control.error().code();
}

TEST(Control, ReadsWhatItWrites) {
  for (const auto& control : one_of_each()) {
    const Bytes bytes = write_control(control);
    const auto read = parse_control(bytes);
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(read->index(), control.index());
    EXPECT_EQ(write_control(*read), bytes);
  }
  const auto hold = parse_control(write_control(one_of_each()[3])).value();
  EXPECT_EQ(std::get<Hold>(hold).item, (ItemPlace{5, 1}));
  EXPECT_TRUE(std::get<Hold>(hold).on);
  EXPECT_EQ(std::get<Hold>(hold).ground, "evidence");
  EXPECT_EQ(std::get<Hold>(hold).authority, "Prosecutor of Example");
}

TEST(Control, BytesAreThoseOfTheDocument) {
  EXPECT_EQ(to_hex(write_control(Tick{UnixSeconds{1000}})), "82647469636b1903e8");
  EXPECT_EQ(to_hex(write_control(ActivateRules{2})), "826572756c657302");
}

TEST(Control, RefusesWhatIsNotInTheFormat) {
  for (const auto& control : one_of_each()) {
    const Bytes good = write_control(control);
    for (std::size_t size = 0; size < good.size(); ++size)
      EXPECT_EQ(code_of_control(ByteView(good).first(size)), "control-malformed");
    Bytes longer = good;
    longer.push_back(std::byte{0});
    EXPECT_EQ(code_of_control(longer), "control-malformed");
    Bytes members = good;
    members[0] = std::byte{static_cast<unsigned char>(std::to_integer<int>(good[0]) + 1)};
    EXPECT_EQ(code_of_control(members), "control-malformed");
  }
  EXPECT_EQ(code_of_control(from_hex("82647469636c1903e8").value()),
            "control-malformed");                                                       // "ticl"
  EXPECT_EQ(code_of_control(from_hex("82647469636b20").value()), "control-malformed");  // -1 s
  EXPECT_EQ(code_of_control(write_control(Tick{UnixSeconds{count(kLastSecond) + 1}})),
            "control-malformed");
}

TEST(Control, ADisclosureNamesAnObjectsVersion) {
  const std::string id = "note--" + samples::uuid(1);
  const auto read = parse_control(write_control(Disclose{{1, 2}, id, UnixMicros{3}, true})).value();
  const auto& disclose = std::get<Disclose>(read);
  EXPECT_EQ(disclose.item, (ItemPlace{1, 2}));
  EXPECT_EQ(disclose.id, id);
  EXPECT_EQ(disclose.version, UnixMicros{3});
  EXPECT_TRUE(disclose.revoked);
  EXPECT_EQ(code_of_control(write_control(Disclose{{1, 2}, "note", {}, false})),
            "control-malformed");
  EXPECT_EQ(code_of_control(write_control(Disclose{{1, 2}, id, UnixMicros{-1}, false})),
            "control-malformed");
}

TEST(Control, ReasonsAre1To1024Bytes) {
  const std::string most(1024, 'a');
  EXPECT_EQ(code_of_control(write_control(Erase{{}, most, most})), "read");
  EXPECT_EQ(code_of_control(write_control(Erase{{}, most + "a", most})), "control-malformed");
  EXPECT_EQ(code_of_control(write_control(Erase{{}, most, ""})), "control-malformed");
  EXPECT_EQ(code_of_control(write_control(Hold{{}, true, "", most})), "control-malformed");
  EXPECT_EQ(code_of_control(write_control(Hold{{}, true, most, most + "a"})), "control-malformed");
}

TEST(Control, CheckProvesFormAndSignature) {
  const auto find = samples::find_among({key(1).public_key()});
  const Bytes bytes = signed_control(Tick{samples::kIssued});
  const auto checked = check_control(bytes, find);
  ASSERT_TRUE(checked) << checked.error().sentence();
  EXPECT_TRUE(equal(checked->entry(), bytes));
  EXPECT_EQ(checked->statement().kind, StatementKind::control);
  EXPECT_EQ(checked->statement().issuer, samples::party(1));
  EXPECT_EQ(std::get<Tick>(checked->control()).time, samples::kIssued);
}

TEST(Control, EveryFlippedBitIsRefused) {
  const auto find = samples::find_among({key(1).public_key()});
  const Bytes good = signed_control(Tick{samples::kIssued});
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes flipped = good;
    flipped[bit / 8] ^= std::byte{static_cast<unsigned char>(1U << bit % 8)};
    EXPECT_FALSE(check_control(std::move(flipped), find)) << bit;
  }
}

TEST(Control, CheckRefusesEverythingElse) {
  const auto find = samples::find_among({key(1).public_key()});
  const auto code = [](Bytes bytes, const FindKey& keys) {
    const auto checked = check_control(std::move(bytes), keys);
    return checked ? "checked" : checked.error().code();
  };
  const Bytes good = signed_control(Tick{samples::kIssued});
  EXPECT_EQ(code(good, samples::find_among({key(2).public_key()})), "key-unknown");
  EXPECT_EQ(
      code(good,
           [](const codec::KeyId&) -> Result<crypto::PublicKey> { return key(2).public_key(); }),
      "signature-key-mismatch");
  Bytes forged = good;
  forged.back() ^= std::byte{1};
  EXPECT_EQ(code(forged, find), "signature-invalid");
  const Bytes filing =
      sign_statement(StatementKind::filing, samples::claims(), Bytes(32), key(1)).value();
  EXPECT_EQ(code(filing, find), "statement-not-control");
  const Bytes other =
      sign_statement(StatementKind::control, samples::claims(std::string(samples::kOrigin)),
                     as_bytes("tick"), key(1))
          .value();
  EXPECT_EQ(code(other, find), "control-malformed");
}

ItemPlace random_place() {
  return {*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<std::uint64_t>()};
}

std::string random_reason() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange(' ', '~')));
}

/// A control of any kind that RapidCheck draws.
Control random_control() {
  const auto flag = [] { return *rc::gen::arbitrary<bool>(); };
  switch (*rc::gen::element(0, 1, 2, 3, 4, 5)) {
    case 0:
      return Tick{UnixSeconds{*rc::gen::inRange<std::int64_t>(0, count(kLastSecond) + 1)}};
    case 1:
      return Disclose{random_place(), "note--" + samples::uuid(*rc::gen::nonNegative<int>()),
                      UnixMicros{*rc::gen::nonNegative<std::int64_t>()}, flag()};
    case 2:
      return Erase{random_place(), random_reason(), random_reason()};
    case 3:
      return Hold{random_place(), flag(), random_reason(), random_reason()};
    case 4:
      return ActivateRules{*rc::gen::arbitrary<std::uint64_t>()};
    default:
      return FileDigest{*rc::gen::arbitrary<std::uint64_t>(), drawn_digest<RecordDigest>()};
  }
}

RC_GTEST_PROP(Control, ParsingIsTheInverseOfWriting, ()) {
  const Control control = random_control();
  const auto read = parse_control(write_control(control));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == control);
}

RC_GTEST_PROP(Control, AFlippedBitIsRefusedOrGivesAnotherControl, ()) {
  const Bytes flipped = with_flipped_bit(write_control(random_control()));
  const auto other = parse_control(flipped);
  if (other) RC_ASSERT(write_control(*other) == flipped);
}

RC_GTEST_PROP(Control, AnyFlippedBitOfAnySignedIsRefused, ()) {
  const auto find = samples::find_among({key(1).public_key()});
  const Bytes good = signed_control(random_control());
  RC_ASSERT(check_control(good, find).has_value());
  RC_ASSERT_FALSE(check_control(with_flipped_bit(good), find).has_value());
}

}  // namespace
}  // namespace comity::filing
