#include "filing/envelope.h"

#include "base/limits.h"
#include "codec/cbor.h"
#include "filing/statement.h"

#include "tests/filing/samples.h"

namespace comity::filing {
namespace {

Bytes entry() {
  return sign_statement(StatementKind::filing, samples::claims(), Bytes(32), samples::key(1))
      .value();
}

std::string code_of_envelope(ByteView bytes) {
  const auto envelope = parse_envelope(bytes);
  return envelope ? "read" : envelope.error().code();
}

TEST(Envelope, ReadsWhatItWrites) {
  const Bytes manifest = to_bytes("manifest");
  const Bytes salt(16, std::byte{7});
  const Bytes content(100'000, std::byte{8});
  const std::vector<StoredPart> parts{{salt, content}, {}, {salt, {}}};
  const Bytes filing = write_envelope(entry(), manifest, parts);
  const auto envelope = parse_envelope(filing);
  ASSERT_TRUE(envelope) << envelope.error().sentence();
  EXPECT_EQ(envelope->entry(), entry());
  EXPECT_TRUE(equal(envelope->manifest, manifest));
  ASSERT_EQ(envelope->parts.size(), parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    EXPECT_TRUE(equal(envelope->parts[i].salt, parts[i].salt)) << i;
    EXPECT_TRUE(equal(envelope->parts[i].content, parts[i].content)) << i;
  }
}

TEST(Envelope, ABareStatementIsNoFiling) {
  EXPECT_EQ(code_of_envelope(entry()), "filing-content-missing");
}

TEST(Envelope, Holds1To65536Parts) {
  EXPECT_EQ(code_of_envelope(write_envelope(entry(), {}, {})), "filing-malformed");
  std::vector<StoredPart> parts(limits::kItems);
  EXPECT_EQ(code_of_envelope(write_envelope(entry(), {}, parts)), "read");
  parts.emplace_back();
  EXPECT_EQ(code_of_envelope(write_envelope(entry(), {}, parts)), "filing-malformed");
}

TEST(Envelope, RefusesMoreThan32MiB) {
  EXPECT_EQ(code_of_envelope(Bytes(limits::kFilingBytes + 1)), "filing-too-large");
}

TEST(Envelope, RefusesWhatIsNotInTheFormat) {
  const Bytes salt(16);
  const Bytes good = write_envelope(entry(), {}, std::vector<StoredPart>{{salt, {}}});
  const std::string hex = to_hex(good);
  const auto changed = [&hex](std::string_view from, std::string_view to) {
    std::string text = hex;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    return from_hex(text.replace(at, from.size(), to)).value();
  };
  EXPECT_EQ(code_of_envelope(changed("a13a00010108", "a13a00010109")), "cbor-unexpected");  // label
  EXPECT_EQ(code_of_envelope(changed("82"
                                     "40"
                                     "81",
                                     "83"
                                     "40"
                                     "81")),
            "cbor-unexpected");
  EXPECT_EQ(code_of_envelope(changed("82"
                                     "50",
                                     "83"
                                     "50")),
            "cbor-unexpected");  // members of a part
  EXPECT_EQ(code_of_envelope(changed("82"
                                     "50"
                                     "00",
                                     "82"
                                     "4f")),
            "cbor-unexpected");                                         // salt of 15 bytes
  EXPECT_EQ(code_of_envelope(changed("d2", "d1")), "cbor-unexpected");  // another tag
  EXPECT_EQ(code_of_envelope(changed("81"
                                     "82"
                                     "50",
                                     "81"
                                     "f5"
                                     "50")),
            "cbor-unexpected");
  Bytes longer = good;
  longer.push_back(std::byte{0});
  EXPECT_EQ(code_of_envelope(longer), "cbor-trailing-bytes");
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(code_of_envelope(ByteView(good).first(size)), "cbor-malformed") << size;
}

}  // namespace
}  // namespace comity::filing
