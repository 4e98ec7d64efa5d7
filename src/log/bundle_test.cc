#include "log/bundle.h"

#include "tests/crash/memory_files.h"

namespace comity::log {
namespace {

RC_GTEST_PROP(BundleProperty, ParsingIsTheInverseOfWriting, ()) {
  const auto entries = *rc::gen::resize(
      40, rc::gen::container<std::vector<std::string>>(rc::gen::arbitrary<std::string>()));
  Bytes bundle;
  for (const std::string& entry : entries) append_entry(bundle, as_bytes(entry));
  const auto parsed = parse_bundle(bundle, static_cast<unsigned>(entries.size()));
  RC_ASSERT(parsed && parsed->size() == entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) RC_ASSERT(as_text((*parsed)[i]) == entries[i]);
}

TEST(Bundle, RefusesAnotherNumberOfEntriesAndEveryTruncation) {
  Bytes bundle;
  append_entry(bundle, as_bytes("one"));
  append_entry(bundle, Bytes(kEntryBytes));
  ASSERT_EQ(parse_bundle(bundle, 2)->back().size(), kEntryBytes);
  EXPECT_EQ(parse_bundle(bundle, 1).error().code(), "bundle-malformed");
  EXPECT_EQ(parse_bundle(bundle, 3).error().code(), "bundle-malformed");
  for (std::size_t size = 0; size < bundle.size(); size += 1 + size / 7)
    EXPECT_FALSE(parse_bundle(ByteView(bundle).first(size), 2)) << size;
}

TEST(Bundle, ReadsThePartialOneFromTheFullOneThatReplacedIt) {
  crash::MemoryFiles files;
  const BundleId partial{.index = 3, .width = 2};
  EXPECT_EQ(read_bundle(files, partial).error().code(), "bundle-missing");
  Bytes full;
  for (int i = 0; i < 256; ++i) append_entry(full, as_bytes(std::to_string(i)));
  ASSERT_TRUE(files.write("tile/entries/003", full));
  const auto run = read_bundle(files, partial);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->first, 768U);
  ASSERT_EQ(run->entries.size(), 2U);
  EXPECT_EQ(as_text(run->entries[1]), "1");

  ASSERT_TRUE(files.write("tile/entries/003.p/2", as_bytes("x")));
  const auto damaged = read_bundle(files, partial);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code(), "bundle-damaged");
  EXPECT_NE(damaged.error().sentence().find("tile/entries/003.p/2"), std::string::npos);
}

}  // namespace
}  // namespace comity::log
