#include "filing/hidden_content.h"

#include <set>

#include "base/limits.h"
#include "codec/cbor.h"

#include "tests/filing/samples.h"
#include "tests/random_bytes.h"

namespace comity::filing {
namespace {

TEST(HiddenContent, ReadsWhatItWrites) {
  const std::string a = samples::party(1);
  const std::string b = samples::party(2);
  const Bytes object = to_bytes("{}");
  for (const auto& readers : {std::vector<std::string_view>{}, {a}, {a, b}}) {
    const Bytes bytes = write_hidden({readers, object});
    const auto read = parse_hidden(bytes);
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(read->readers, readers);
    EXPECT_TRUE(equal(read->object, object));
  }
}

TEST(HiddenContent, RefusesWhatIsNotInTheFormat) {
  const std::string a = samples::party(1);
  const std::string b = samples::party(2);
  std::vector<Bytes> bad{
      {},
      to_bytes("{}"),
      write_hidden({{b, a}, {}}),
      write_hidden({{a, a}, {}}),
      write_hidden({{"identity--x"}, {}}),
      write_hidden({{""}, {}}),
  };
  const Bytes good = write_hidden({{a, b}, as_bytes("{}")});
  bad.push_back(good);
  bad.back()[1] = std::byte{2};  // another version
  bad.push_back(good);
  bad.back().push_back(std::byte{0});
  bad.emplace_back(good.begin(), good.end() - 1);
  for (const auto& bytes : bad) {
    const auto read = parse_hidden(bytes);
    ASSERT_FALSE(read) << to_hex(bytes);
    EXPECT_EQ(read.error().code(), "hidden-malformed") << to_hex(bytes);
  }
}

TEST(HiddenContent, NamesAtMost1024Readers) {
  std::vector<std::string> ids;
  for (int i = 0; i < 1025; ++i) ids.push_back(samples::party(1000 + i));
  std::vector<std::string_view> readers(ids.begin(), ids.end());
  EXPECT_EQ(parse_hidden(write_hidden({readers, {}})).error().code(), "hidden-malformed");
  readers.pop_back();
  EXPECT_TRUE(parse_hidden(write_hidden({readers, {}})));
}

/// A hidden content that RapidCheck draws, with what its views point into.
struct RandomHidden {
  std::set<std::string> readers = [] {
    std::set<std::string> ids;
    for (const int number : *rc::gen::container<std::vector<int>>(rc::gen::nonNegative<int>()))
      ids.insert(samples::party(number));
    return ids;
  }();
  std::string object = *rc::gen::arbitrary<std::string>();
  HiddenContent content{{readers.begin(), readers.end()}, as_bytes(object)};
};

RC_GTEST_PROP(HiddenContent, ParsingIsTheInverseOfWriting, ()) {
  const RandomHidden hidden;
  const Bytes bytes = write_hidden(hidden.content);
  const auto read = parse_hidden(bytes);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->readers == hidden.content.readers);
  RC_ASSERT(equal(read->object, hidden.content.object));
}

RC_GTEST_PROP(HiddenContent, AFlippedBitIsRefusedOrGivesAnotherContent, ()) {
  const RandomHidden hidden;
  const Bytes flipped = with_flipped_bit(write_hidden(hidden.content));
  const auto other = parse_hidden(flipped);
  if (other) RC_ASSERT(write_hidden(*other) == flipped);
}

}  // namespace
}  // namespace comity::filing
