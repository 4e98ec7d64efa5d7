#include "filing/draft.h"

#include "filing/check.h"

#include "tests/filing/samples.h"

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

/// Any mixture of audiences comes back from `check` as it was drafted.
RC_GTEST_PROP(Draft, CheckIsItsInverse, ()) {
  const auto shapes =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5)));
  const bool is_es256 = *rc::gen::arbitrary<bool>();
  const auto signer = key(5, is_es256 ? crypto::Algorithm::es256 : crypto::Algorithm::ed25519);
  std::vector<DraftItem> items;
  for (const int shape : shapes) {
    const int number = static_cast<int>(items.size());
    if (shape == 0) items.push_back(samples::open_to_all(note(number)));
    if (shape == 1) items.push_back(samples::open_to_all(note(number, R"(,"revoked":true)")));
    if (shape == 2) items.push_back(samples::for_readers(note(number), {samples::party(number)}));
    if (shape == 3) items.push_back(samples::for_readers(note(number), {}));
    if (shape == 4) items.push_back(samples::sealed(note(number)));
  }
  const auto drafted = sign_filing(items, samples::claims(), signer);
  RC_ASSERT(drafted.has_value());
  codec::JsonReader reader;
  const auto checked = check(drafted->filing, samples::find_among({signer.public_key()}), reader);
  RC_ASSERT(checked.has_value());
  RC_ASSERT(checked->items().size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& item = checked->items()[i];
    RC_ASSERT(item.absent() == (shapes[i] == 4));
    RC_ASSERT(item.item.hidden() == (shapes[i] >= 2));
    if (item.absent()) continue;
    RC_ASSERT(item.head->id == "note--" + samples::uuid(static_cast<int>(i)));
    RC_ASSERT(item.head->revoked == (shapes[i] == 1));
    const ByteView object = shapes[i] >= 2 ? parse_hidden(item.content)->object : item.content;
    RC_ASSERT(equal(object, items[i].object));
    if (shapes[i] == 2) RC_ASSERT(parse_hidden(item.content)->readers.size() == 1U);
  }
}

}  // namespace
}  // namespace comity::filing
