#include "filing/draft.h"

#include "filing/check.h"

#include "tests/crypto/random_key.h"
#include "tests/filing/samples.h"
#include "tests/random_bytes.h"

namespace comity::filing {
namespace {

using samples::key;
using samples::note;

std::string code_of_draft(const std::vector<DraftItem>& items,
                          const Claims& claims = samples::claims()) {
  const auto filing = sign_filing(items, claims, key(1));
  return filing ? "signed" : filing.error().code();
}

TEST(Draft, KeepsOnlyWhatIsSealed) {
  const auto signed_filing =
      sign_filing(samples::mixed_items(), samples::claims(), key(1), samples::salts());
  ASSERT_TRUE(signed_filing) << signed_filing.error().sentence();
  ASSERT_EQ(signed_filing->kept.size(), 5U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(signed_filing->kept[i].salt.empty()) << i;
  codec::JsonReader reader;
  const auto checked =
      check(signed_filing->filing, samples::find_among({key(1).public_key()}), reader);
  ASSERT_TRUE(checked) << checked.error().sentence();
  const auto& kept = signed_filing->kept[4];
  EXPECT_EQ(digest_content(kept.salt, kept.content), checked->items()[4].item.digest);
  EXPECT_TRUE(
      equal(parse_hidden(kept.content)->object, as_bytes(note(5, samples::marked(samples::kRed)))));
}

TEST(Draft, SaltsAreNewForEachItem) {
  EXPECT_NE(random_salt(), random_salt());
  const std::vector<DraftItem> same{samples::for_readers(note(1), {}),
                                    samples::for_readers(note(1), {})};
  const auto filing = sign_filing(same, samples::claims(), key(1)).value().filing;
  codec::JsonReader reader;
  const auto checked = check(filing, samples::find_among({key(1).public_key()}), reader).value();
  EXPECT_NE(checked.items()[0].item.digest, checked.items()[1].item.digest);
}

TEST(Draft, ReadersAreSortedAndNamedOnce) {
  const auto filing =
      sign_filing({samples::for_readers(note(1),
                                        {samples::party(3), samples::party(2), samples::party(3)})},
                  samples::claims(), key(1))
          .value()
          .filing;
  codec::JsonReader reader;
  const auto checked = check(filing, samples::find_among({key(1).public_key()}), reader).value();
  EXPECT_EQ(parse_hidden(checked.items()[0].content)->readers,
            (std::vector<std::string_view>{samples::party(2), samples::party(3)}));
}

TEST(Draft, RefusesAsCheckWould) {
  using samples::for_readers;
  using samples::marked;
  using samples::open_to_all;
  EXPECT_EQ(code_of_draft({}), "manifest-malformed");
  EXPECT_EQ(code_of_draft({open_to_all("{")}), "json-malformed");
  EXPECT_EQ(code_of_draft({open_to_all(note(1, marked(samples::kAmber)))}), "object-not-public");
  EXPECT_EQ(code_of_draft({for_readers(note(1, marked(samples::kAmber)), {})}),
            "hidden-audience-mismatch");
  EXPECT_EQ(code_of_draft({for_readers(note(1), {"somebody"})}), "hidden-malformed");
  EXPECT_EQ(code_of_draft({for_readers(note(1), {"\xff"})}), "hidden-malformed");
  EXPECT_EQ(code_of_draft({open_to_all(note(1)), open_to_all(note(1))}), "manifest-repeats");
  EXPECT_EQ(code_of_draft({open_to_all(note(1))}, samples::claims("")), "statement-malformed");
}

TEST(Draft, RefusesAFilingThatIsTooLarge) {
  std::vector<DraftItem> items;
  const std::string filler = R"(,"x_filler":")" + std::string(4'000'000, 'x') + R"(")";
  for (int i = 0; i < 9; ++i) items.push_back(samples::open_to_all(note(i, filler)));
  EXPECT_EQ(code_of_draft(items), "filing-too-large");
}

/// A filing that RapidCheck draws: any mixture of audiences, one shape for each item.
struct RandomDraft {
  RandomDraft() {
    for (const int shape : shapes) {
      const int number = static_cast<int>(items.size());
      if (shape == 0) items.push_back(samples::open_to_all(note(number)));
      if (shape == 1) items.push_back(samples::open_to_all(note(number, R"(,"revoked":true)")));
      if (shape == 2) items.push_back(samples::for_readers(note(number), {samples::party(number)}));
      if (shape == 3) items.push_back(samples::for_readers(note(number), {}));
      if (shape == 4) items.push_back(samples::sealed(note(number)));
    }
    const auto signer = crypto::random_key();
    find_key = samples::find_among({signer.public_key()});
    auto drafted = sign_filing(items, samples::claims(), signer);
    RC_ASSERT(drafted.has_value());
    filing = std::move(drafted->filing);
  }

  std::vector<int> shapes =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::element(0, 1, 2, 3, 4)));
  std::vector<DraftItem> items;
  FindKey find_key;
  Bytes filing;
};

RC_GTEST_PROP(Draft, CheckIsItsInverse, ()) {
  const RandomDraft drawn;
  codec::JsonReader reader;
  const auto checked = check(drawn.filing, drawn.find_key, reader);
  RC_ASSERT(checked.has_value());
  RC_ASSERT(checked->items().size() == drawn.items.size());
  for (std::size_t i = 0; i < drawn.items.size(); ++i) {
    const auto& item = checked->items()[i];
    const int shape = drawn.shapes[i];
    RC_ASSERT(item.absent() == (shape == 4));
    RC_ASSERT(item.item.hidden() == (shape >= 2));
    if (item.absent()) continue;
    RC_ASSERT(item.head->id == "note--" + samples::uuid(static_cast<int>(i)));
    RC_ASSERT(item.head->revoked == (shape == 1));
    const ByteView object = shape >= 2 ? parse_hidden(item.content)->object : item.content;
    RC_ASSERT(equal(object, drawn.items[i].object));
    if (shape == 2) RC_ASSERT(parse_hidden(item.content)->readers.size() == 1U);
  }
}

RC_GTEST_PROP(Draft, AnyFlippedBitOfAnyFilingIsRefused, ()) {
  const RandomDraft drawn;
  codec::JsonReader reader;
  // Several, for what is signed is a small part of a large filing.
  for (int flips = 0; flips < 8; ++flips)
    RC_ASSERT_FALSE(check(with_flipped_bit(drawn.filing), drawn.find_key, reader).has_value());
}

}  // namespace
}  // namespace comity::filing
