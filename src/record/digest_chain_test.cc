#include "record/digest_chain.h"

#include <gtest/gtest.h>

#include "tests/golden.h"

namespace comity::record {
namespace {

// The changes of three entries: none, one text, one text and one number (deterministic CBOR).
const std::vector<Bytes> kChanges{from_hex("80").value(), from_hex("816161").value(),
                                  from_hex("8261621864").value()};

TEST(DigestChain, Golden) {
  std::string json = "{\n  \"changes\": [\n";
  std::string digests;
  RecordDigest digest = empty_record();
  digests += "    \"" + to_hex(digest.view()) + "\"";
  for (std::size_t i = 0; i < kChanges.size(); ++i) {
    digest = extend(digest, digest_changes(kChanges[i]));
    json += "    \"" + to_hex(kChanges[i]) + (i + 1 < kChanges.size() ? "\",\n" : "\"\n");
    digests += ",\n    \"" + to_hex(digest.view()) + "\"";
  }
  json += "  ],\n  \"digests\": [\n" + digests + "\n  ]\n}\n";
  testing::expect_golden("record-digest/chain.json", json);
}

TEST(DigestChain, OrderMatters) {
  const auto a = digest_changes(kChanges[0]);
  const auto b = digest_changes(kChanges[1]);
  EXPECT_NE(extend(extend(empty_record(), a), b), extend(extend(empty_record(), b), a));
}

}  // namespace
}  // namespace comity::record
