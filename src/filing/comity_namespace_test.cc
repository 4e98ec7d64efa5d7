#include "filing/comity_namespace.h"

namespace comity::filing {
namespace {

TEST(ComityNamespace, IsFrozen) {
  EXPECT_EQ(to_text(comity_namespace()), "05b69690-6f56-484c-93bb-14eb44699448");
}

}  // namespace
}  // namespace comity::filing
