#include "filing/check.h"

#include "base/limits.h"
#include "codec/cose.h"
#include "filing/manifest.h"

#include "tests/filing/samples.h"

namespace comity::filing {
namespace {

using samples::key;
using samples::note;

const Bytes kSalt(kSaltBytes, std::byte{7});

Result<CheckedFiling> checked(Bytes filing) {
  codec::JsonReader reader;
  return check(std::move(filing), samples::find_among({key(1).public_key()}), reader);
}

std::string code_of_filing(Bytes filing) {
  const auto result = checked(std::move(filing));
  return result ? "checked" : result.error().code();
}

/// What a party signs and sends, honest or not: one item and its part.
struct OneItem {
  std::string object = note(1);
  std::string id = "note--" + samples::uuid(1);
  std::string version{samples::kTime};
  bool revoked = false;

  [[nodiscard]] Item item() const {
    return {digest_content(kSalt, as_bytes(object)), id, parse_timestamp(version).value(), revoked};
  }
  [[nodiscard]] StoredPart part() const { return {kSalt, as_bytes(object)}; }
  [[nodiscard]] Bytes filing() const {
    return samples::assemble(write_manifest({item()}), std::vector{part()});
  }
};

std::string code_of_hidden(const Bytes& content) {
  const std::vector<StoredPart> parts{{kSalt, content}};
  return code_of_filing(samples::assemble(
      write_manifest({Item{digest_content(kSalt, content), {}, {}, false}}), parts));
}

TEST(Check, GivesWhatWasFiled) {
  const Bytes filing = samples::mixed_filing();
  const auto result = checked(filing);
  ASSERT_TRUE(result) << result.error().sentence();
  EXPECT_EQ(result->statement().issuer, samples::party(1));
  EXPECT_EQ(result->key(), key(1).public_key());
  EXPECT_TRUE(parse_statement(result->entry()));
  ASSERT_EQ(result->items().size(), 5U);
  const auto& first = result->items()[0];
  EXPECT_EQ(first.item.id, "note--" + samples::uuid(1));
  EXPECT_TRUE(equal(first.content, as_bytes(note(1))));
  EXPECT_EQ(first.head->creator, samples::party(1));
  EXPECT_TRUE(result->items()[1].item.revoked);
  EXPECT_TRUE(result->items()[2].item.hidden());
  EXPECT_EQ(result->items()[2].head->tlp, Tlp::amber);
  EXPECT_EQ(result->items()[3].head->tlp, Tlp::green);
  EXPECT_TRUE(result->items()[4].absent());
  EXPECT_FALSE(result->items()[4].head);
}

TEST(Check, ViewsSurviveAMove) {
  auto result = checked(samples::mixed_filing());
  const auto moved = std::make_unique<CheckedFiling>(std::move(*result));
  EXPECT_EQ(moved->items()[0].item.id, "note--" + samples::uuid(1));
  EXPECT_EQ(moved->statement().subject, samples::party(1));
}

TEST(Check, EntryIsTheFilingWithoutItsMember) {
  const auto result = checked(samples::mixed_filing()).value();
  const auto entry = codec::parse_sign1(result.entry()).value();
  EXPECT_TRUE(equal(entry.unprotected, codec::empty_map()));
  std::vector<StoredPart> parts;
  for (const auto& item : result.items()) parts.push_back({item.salt, item.content});
  EXPECT_EQ(write_envelope(result.entry(), result.manifest(), parts), samples::mixed_filing());
}

TEST(Check, AcceptsEs256) {
  const auto signer = key(4, crypto::Algorithm::es256);
  const auto filing = sign_filing(samples::mixed_items(), samples::claims(), signer).value().filing;
  codec::JsonReader reader;
  EXPECT_TRUE(check(filing, samples::find_among({signer.public_key()}), reader));
}

TEST(Check, EveryFlippedBitIsRefused) {
  const Bytes good = samples::mixed_filing();
  ASSERT_EQ(code_of_filing(good), "checked");
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes flipped = good;
    flipped[bit / 8] ^= std::byte{static_cast<unsigned char>(1U << bit % 8)};
    EXPECT_NE(code_of_filing(std::move(flipped)), "checked") << bit;
  }
}

TEST(Check, EveryTruncationIsRefused) {
  const Bytes good = samples::mixed_filing();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(code_of_filing(to_bytes(ByteView(good).first(size))), "checked") << size;
}

TEST(Check, RefusesAnotherManifest) {
  const OneItem one;
  const auto envelope_of = [](const Bytes& filing) { return parse_envelope(filing).value(); };
  const Bytes filing = one.filing();
  OneItem revoked;
  revoked.revoked = true;
  const Bytes other = write_envelope(envelope_of(filing).entry(), write_manifest({revoked.item()}),
                                     std::vector{one.part()});
  EXPECT_EQ(code_of_filing(other), "manifest-mismatch");
  EXPECT_EQ(code_of_filing(samples::assemble(as_bytes("x"), std::vector{one.part()})),
            "manifest-malformed");
}

TEST(Check, RefusesPartsThatAreNotTheItems) {
  const OneItem one;
  const Bytes manifest = write_manifest({one.item()});
  EXPECT_EQ(code_of_filing(one.filing()), "checked");
  EXPECT_EQ(code_of_filing(samples::assemble(manifest, std::vector{one.part(), one.part()})),
            "filing-malformed");
  EXPECT_EQ(code_of_filing(samples::assemble(manifest, std::vector{StoredPart{}})),
            "filing-part-missing");
  const std::string other = note(1, "", "2026-01-02T03:04:05.679Z");
  EXPECT_EQ(
      code_of_filing(samples::assemble(manifest, std::vector{StoredPart{kSalt, as_bytes(other)}})),
      "content-mismatch");
  const Bytes other_salt(kSaltBytes, std::byte{8});
  EXPECT_EQ(code_of_filing(samples::assemble(
                manifest, std::vector{StoredPart{other_salt, as_bytes(one.object)}})),
            "content-mismatch");
}

TEST(Check, ItemIsItsObjects) {
  OneItem id;
  id.id = "note--" + samples::uuid(2);
  EXPECT_EQ(code_of_filing(id.filing()), "item-mismatch");
  OneItem version;
  version.version = "2026-01-02T03:04:05.679Z";
  EXPECT_EQ(code_of_filing(version.filing()), "item-mismatch");
  OneItem revoked;
  revoked.revoked = true;
  EXPECT_EQ(code_of_filing(revoked.filing()), "item-mismatch");
}

TEST(Check, RefusesObjectsThatAreNotStix) {
  OneItem not_json;
  not_json.object = "note";
  EXPECT_EQ(code_of_filing(not_json.filing()), "json-malformed");
  OneItem twice;
  twice.object = note(1, R"(,"type":"note")");
  EXPECT_EQ(code_of_filing(twice.filing()), "json-duplicate-key");
  OneItem invalid;
  invalid.object = note(1, R"(,"lang":"english")");
  EXPECT_EQ(code_of_filing(invalid.filing()), "object-invalid");
  OneItem deep;
  deep.object = note(1, ",\"x_deep\":" + std::string(64, '[') + "1" + std::string(64, ']'));
  EXPECT_EQ(code_of_filing(deep.filing()), "json-too-deep");
}

TEST(Check, NothingMarkedIsPublic) {
  OneItem clear;
  clear.object = note(1, samples::marked(samples::kClear));
  EXPECT_EQ(code_of_filing(clear.filing()), "checked");
  OneItem green;
  green.object = note(1, samples::marked(samples::kGreen));
  EXPECT_EQ(code_of_filing(green.filing()), "object-not-public");
}

TEST(Check, HiddenContentIsReadToo) {
  const std::string reader = samples::party(2);
  const std::string amber = note(1, samples::marked(samples::kAmber));
  EXPECT_EQ(code_of_hidden(write_hidden({{reader}, as_bytes(amber)})), "checked");
  EXPECT_EQ(code_of_hidden(write_hidden({{}, as_bytes(amber)})), "hidden-audience-mismatch");
  EXPECT_EQ(code_of_hidden(write_hidden({{}, as_bytes("x")})), "json-malformed");
  EXPECT_EQ(code_of_hidden(to_bytes(amber)), "hidden-malformed");
}

TEST(Check, RefusesAControlStatement) {
  const Bytes entry =
      sign_statement(StatementKind::control, samples::claims(std::string(samples::kOrigin)),
                     Bytes(32), key(1))
          .value();
  EXPECT_EQ(code_of_filing(write_envelope(entry, {}, std::vector{StoredPart{}})),
            "statement-not-filing");
}

TEST(Check, RefusesKeysThatAreNotTheSigners) {
  codec::JsonReader reader;
  const Bytes filing = samples::mixed_filing();
  const auto code = [&](const FindKey& find) {
    const auto result = check(filing, find, reader);
    return result ? "checked" : result.error().code();
  };
  EXPECT_EQ(code(samples::find_among({key(2).public_key()})), "key-unknown");
  EXPECT_EQ(
      code([](const codec::KeyId&) -> Result<crypto::PublicKey> { return key(2).public_key(); }),
      "signature-key-mismatch");
  EXPECT_EQ(code([](const codec::KeyId&) -> Result<crypto::PublicKey> { return fail("disk"); }),
            "fault");
  Bytes forged = filing;
  forged.back() ^= std::byte{1};
  EXPECT_EQ(code_of_filing(forged), "signature-invalid");
}

/// The entry, manifest and parts of the mixed filing, as a log keeps them.
struct Stored {
  CheckedFiling filing = checked(samples::mixed_filing()).value();
  std::vector<StoredPart> parts;

  Stored() {
    for (const auto& item : filing.items()) parts.push_back({item.salt, item.content});
  }
  [[nodiscard]] Result<CheckedFiling> check_again() const {
    codec::JsonReader reader;
    return check_stored(OwnedStatement::parse(to_bytes(filing.entry())).value(), filing.manifest(),
                        parts, samples::find_among({key(1).public_key()}), reader);
  }
  [[nodiscard]] std::string code() const {
    const auto result = check_again();
    return result ? "checked" : result.error().code();
  }
};

TEST(CheckStored, GivesTheSameAsCheck) {
  const Stored stored;
  const auto again = stored.check_again();
  ASSERT_TRUE(again) << again.error().sentence();
  EXPECT_TRUE(equal(again->entry(), stored.filing.entry()));
  EXPECT_TRUE(equal(again->manifest(), stored.filing.manifest()));
  ASSERT_EQ(again->items().size(), stored.parts.size());
  for (std::size_t i = 0; i < stored.parts.size(); ++i) {
    EXPECT_TRUE(equal(again->items()[i].content, stored.parts[i].content)) << i;
    EXPECT_EQ(again->items()[i].head, stored.filing.items()[i].head) << i;
  }
}

TEST(CheckStored, VerifiesNoSignatureThatIsKnownToBeVerified) {
  const Stored stored;
  Bytes forged = to_bytes(stored.filing.entry());
  forged.back() ^= std::byte{1};
  const auto code = [&](ByteView entry, const VerifiedStatements& verified) -> std::string {
    codec::JsonReader reader;
    const auto again =
        check_stored(OwnedStatement::parse(to_bytes(entry)).value(), stored.filing.manifest(),
                     stored.parts, samples::find_among({key(1).public_key()}), reader, &verified);
    return again ? "checked" : again.error().code();
  };
  VerifiedStatements verified;
  verified.add(stored.filing.leaf());
  EXPECT_EQ(code(stored.filing.entry(), verified), "checked");
  EXPECT_EQ(code(forged, verified), "signature-invalid") << "it is another statement";
  // What nobody may do shows that the signature isn't looked at.
  verified.add(crypto::leaf_hash(forged));
  EXPECT_EQ(code(forged, verified), "checked");
}

TEST(CheckStored, APublicPartMayBeErased) {
  Stored stored;
  stored.parts[0] = {};
  const auto again = stored.check_again();
  ASSERT_TRUE(again) << again.error().sentence();
  EXPECT_TRUE(again->items()[0].absent());
  EXPECT_FALSE(again->items()[0].head);
}

TEST(CheckStored, RefusesWhatWasChanged) {
  Stored half;
  half.parts[0].salt = {};
  EXPECT_EQ(half.code(), "filing-malformed");
  Stored swapped;
  std::swap(swapped.parts[0], swapped.parts[1]);
  EXPECT_EQ(swapped.code(), "content-mismatch");
  Stored fewer;
  fewer.parts.pop_back();
  EXPECT_EQ(fewer.code(), "filing-malformed");
  Stored larger;
  const Bytes much(limits::kFilingBytes);
  larger.parts[0].content = much;
  EXPECT_EQ(larger.code(), "filing-too-large");
}

TEST(CheckFounding, TakesTheKeyFromItsOwnNote) {
  codec::JsonReader reader;
  const auto result = check_founding(samples::founding_filing(), reader);
  ASSERT_TRUE(result) << result.error().sentence();
  EXPECT_EQ(result->key(), key(1).public_key());
  EXPECT_EQ(result->items()[1].head->kind, Kind::charter);
}

TEST(CheckFounding, RefusesAFilingWithoutTheKeyThatSignedIt) {
  codec::JsonReader reader;
  const auto code = [&reader](const Bytes& filing) {
    const auto result = check_founding(filing, reader);
    return result ? "checked" : result.error().code();
  };
  EXPECT_EQ(code(samples::mixed_filing()), "founding-key-missing");
  const auto of_another = sign_filing(samples::founding_items(key(2)), samples::claims(), key(1));
  EXPECT_EQ(code(of_another->filing), "founding-key-missing");
  auto hidden = samples::founding_items(key(1));
  hidden[2].audience = DraftItem::Audience::readers;
  EXPECT_EQ(code(sign_filing(hidden, samples::claims(), key(1))->filing), "founding-key-missing");

  const auto with_note = [](std::string_view members) {
    const std::string kid = to_base64url(samples::kid(key(1)).view());
    const std::string more = R"(,"kid":")" + kid + R"(")" + std::string(members);
    const std::string object = note(12, samples::extension("key", more));
    return sign_filing({samples::open_to_all(object)}, samples::claims(), key(1))->filing;
  };
  const std::string other = to_base64url(codec::write_cose_key(key(2).public_key()));
  EXPECT_EQ(code(with_note("")), "founding-key-missing");
  EXPECT_EQ(code(with_note(R"(,"key":7)")), "json-member-kind");
  EXPECT_EQ(code(with_note(R"(,"key":"=")")), "base64-malformed");
  EXPECT_EQ(code(with_note(R"(,"key":"AA")")), "cbor-unexpected");
  EXPECT_EQ(code(with_note(R"(,"key":")" + other + R"(")")), "signature-key-mismatch");
  Bytes forged = samples::founding_filing();
  forged.back() ^= std::byte{1};
  EXPECT_EQ(code(forged), "signature-invalid");
}

}  // namespace
}  // namespace comity::filing
