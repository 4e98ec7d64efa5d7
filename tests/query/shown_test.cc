// What is shown and what is counted are two things: whoever asks for an object is told of what is
// revoked or on hold, but it is counted and found nowhere.

#include <algorithm>

#include "query/export_table.h"
#include "query/names.h"
#include "query/overview.h"
#include "query/search.h"
#include "query/statements.h"
#include "tests/query/sample_record.h"
#include "tests/query/search_samples.h"

namespace comity::query {
namespace {

class Shown : public ::testing::Test {
 protected:
  void hold(const filing::ItemPlace& place) {
    const filing::Hold hold{.item = place, .on = true, .ground = "order", .authority = "court"};
    ASSERT_TRUE(sample_.registry().control(hold).has_value());
  }
  /// Filed hidden, then disclosed; the place of the filing.
  filing::ItemPlace disclose(const std::string& object) {
    constexpr int kDiscloser = samples::SampleRecord::kParty;
    const auto filed =
        sample_.registry().file({samples::for_readers(object, {samples::party(kDiscloser)})},
                                samples::party(kDiscloser), samples::key(kDiscloser));
    EXPECT_TRUE(filed.has_value());
    codec::JsonReader reader;
    const auto head = filing::read_object(as_bytes(object), reader).value();
    EXPECT_TRUE(sample_.registry().control(filing::Disclose{.item = {filed->index, 0},
                                                            .id = head.id,
                                                            .version = head.version,
                                                            .revoked = head.revoked}));
    return {filed->index, 0};
  }

  /// A cell of the incident's exported row.
  static std::string exported(const Snapshot& snapshot, const std::string& object,
                              std::string_view column) {
    const auto size = snapshot.stamp().size;
    codec::JsonReader reader;
    const auto head = filing::read_object(as_bytes(object), reader).value();
    const auto key = object_of(snapshot, head.id).value().value();
    const auto version = shown_version(snapshot, key, size).value().value();
    auto table = ExportTable::open(snapshot, "incidents", size).value();
    const auto cells = table.row(version, as_bytes(object)).value();
    const auto at = std::ranges::find(table.columns(), column) - table.columns().begin();
    return cells.at(static_cast<std::size_t>(at));
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
  EXPECT_EQ(exported(snapshot, samples::incident({.number = 1, .name = "Open"}), "attributions"),
            "1");

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

/// Of four responses one is on hold, and of two the tie is on hold or revoked.
TEST_F(Shown, ATieOnHoldOrRevokedCountsNoResponse) {
  const std::string incident = samples::incident({.number = 1, .name = "Open"});
  sample_.file(
      {incident, samples::response(1), samples::response(3), samples::response(4),
       samples::tie({.number = 11, .response = 1}), samples::tie({.number = 12, .response = 2}),
       samples::tie({.number = 14, .response = 4}), samples::claim({.number = 901, .made_by = "A"}),
       samples::claim({.number = 902, .made_by = "B"})});
  const auto response = sample_.file({samples::response(2)});
  const auto tie = sample_.file({samples::tie({.number = 13, .response = 3})});
  sample_.follow();
  const auto count = [&](std::string_view column) {
    return exported(sample_.snapshot(), incident, column);
  };
  const auto counted = [&] {
    const auto snapshot = sample_.snapshot();
    return overview(snapshot, snapshot.stamp().size, {}).value().responses.responses;
  };
  EXPECT_EQ(count("responses"), "4");
  EXPECT_EQ(counted(), 4U);
  EXPECT_EQ(count("attributions"), "2");
  hold({response, 0});
  hold({tie, 0});
  sample_.file({samples::tie({.number = 14, .version = 1, .response = 4, .revoked = true}),
                samples::claim({.number = 902, .version = 1, .made_by = "B", .revoked = true})});
  sample_.follow();
  EXPECT_EQ(count("responses"), "1");
  EXPECT_EQ(counted(), 1U);
  EXPECT_EQ(count("attributions"), "1");
}

}  // namespace
}  // namespace comity::query
