// What is shown and what is counted are two things: whoever asks for an object is told of what is
// revoked or on hold, but it is counted and found nowhere.

#include "query/names.h"
#include "query/overview.h"
#include "query/search.h"
#include "query/statements.h"
#include "tests/query/sample_record.h"
#include "tests/query/search_samples.h"

namespace comity::query {
namespace {

constexpr int kParty = samples::SampleRecord::kParty;

class Shown : public ::testing::Test {
 protected:
  void hold(const filing::ItemPlace& place) {
    const filing::Hold hold{.item = place, .on = true, .ground = "order", .authority = "court"};
    ASSERT_TRUE(sample_.registry().control(hold).has_value());
  }
  /// Filed hidden, then disclosed; the place of the filing.
  filing::ItemPlace disclose(const std::string& object) {
    const auto filed =
        sample_.registry().file({samples::for_readers(object, {samples::party(kParty)})},
                                samples::party(kParty), samples::key(kParty));
    EXPECT_TRUE(filed.has_value());
    codec::JsonReader reader;
    const auto head = filing::read_object(as_bytes(object), reader).value();
    EXPECT_TRUE(sample_.registry().control(filing::Disclose{.item = {filed->index, 0},
                                                            .id = head.id,
                                                            .version = head.version,
                                                            .revoked = head.revoked}));
    return {filed->index, 0};
  }

  samples::SampleRecord sample_;
};

TEST_F(Shown, IsMoreThanWhatIsCounted) {
  sample_.file({samples::incident({.number = 1, .name = "Open"}),
                samples::incident({.number = 2, .name = "Revoked", .revoked = true})});
  const auto held = sample_.file({samples::incident({.number = 3, .name = "Held"})});
  const auto hidden = disclose(samples::incident({.number = 4, .name = "Disclosed"}));
  sample_.file({samples::claim({.number = 901, .made_by = "Open"})});
  const auto claim = sample_.file({samples::claim({.number = 902, .made_by = "Held"})});
  const auto late = disclose(samples::claim({.number = 903, .made_by = "Disclosed"}));
  hold({held, 0});
  hold({claim, 0});
  hold(hidden);
  hold(late);
  sample_.follow();
  const auto snapshot = sample_.snapshot();
  const auto size = snapshot.stamp().size;

  const auto counted = overview(snapshot, size, {}).value();
  EXPECT_EQ(counted.incidents, 1U);
  EXPECT_EQ(counted.claims.attributions.at("reported").claims, 1U);
  const auto page = search(snapshot, {}).value();
  ASSERT_EQ(page.hits.size(), 1U);
  EXPECT_EQ(page.hits[0].claim_count, 1U);

  auto names = Names::open(snapshot, size).value();
  const std::vector<std::string> expected{"Open", "Revoked", "", ""};
  for (int number = 1; number <= 4; ++number) {
    const std::string id = samples::incident_id(number);
    const auto key = object_of(snapshot, id).value().value();
    const auto version = shown_version(snapshot, key, size).value();
    ASSERT_TRUE(version.has_value()) << id;
    EXPECT_EQ(version->revoked, number == 2);
    EXPECT_EQ(version->held.has_value(), number > 2);
    EXPECT_EQ(names.of(id).value(), expected[static_cast<std::size_t>(number - 1)]);
  }
  const auto incident = object_of(snapshot, samples::incident_id(1)).value().value();
  const auto claims = claims_about(snapshot, incident, size, 9).value();
  ASSERT_EQ(claims.size(), 3U);
  for (const Claim& it : claims)
    EXPECT_EQ(it.maker.name, it.version.held ? "" : "Open") << it.version.id;
}

}  // namespace
}  // namespace comity::query
