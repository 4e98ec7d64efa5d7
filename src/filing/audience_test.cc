#include "filing/audience.h"

namespace comity::filing {
namespace {

ObjectHead head_of(Tlp tlp) {
  ObjectHead head;
  head.tlp = tlp;
  return head;
}

TEST(Audience, OnlyClearIsPublic) {
  EXPECT_TRUE(check_public(head_of(Tlp::none)));
  EXPECT_TRUE(check_public(head_of(Tlp::clear)));
  for (const Tlp tlp : {Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red})
    EXPECT_EQ(check_public(head_of(tlp)).error().code(), "object-not-public") << name_of(tlp);
}

TEST(Audience, ReadersFollowTheMarking) {
  for (const Tlp tlp : {Tlp::none, Tlp::clear}) {
    EXPECT_TRUE(check_audience(head_of(tlp), 0));
    EXPECT_TRUE(check_audience(head_of(tlp), 2));
  }
  EXPECT_TRUE(check_audience(head_of(Tlp::green), 0));
  EXPECT_EQ(check_audience(head_of(Tlp::green), 1).error().code(), "hidden-audience-mismatch");
  for (const Tlp tlp : {Tlp::amber, Tlp::amber_strict, Tlp::red}) {
    EXPECT_TRUE(check_audience(head_of(tlp), 1));
    EXPECT_EQ(check_audience(head_of(tlp), 0).error().code(), "hidden-audience-mismatch");
  }
}

}  // namespace
}  // namespace comity::filing
