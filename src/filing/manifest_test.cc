#include "filing/manifest.h"

#include "base/limits.h"
#include "codec/cbor.h"

#include "tests/filing/samples.h"
#include "tests/random_bytes.h"

namespace comity::filing {
namespace {

ContentDigest digest(int number) { return digest_content({}, as_bytes(std::to_string(number))); }

Item public_item(int number, std::string_view id) {
  return {digest(number), id, UnixMicros{number}, false};
}

std::string code_of_manifest(ByteView bytes) {
  const auto items = parse_manifest(bytes);
  return items ? "read" : items.error().code();
}

/// The items of a manifest that RapidCheck draws, with the ids that they point to.
struct RandomItems {
  RandomItems() {
    const auto shapes =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::element(0, 1, 2, 3)));
    ids.reserve(shapes.size());
    for (const int shape : shapes) {
      Item item{digest(static_cast<int>(items.size())), {}, {}, false};
      if (shape > 0) {
        ids.push_back("note--" + samples::uuid(shape));
        item.id = ids.back();
        item.version = UnixMicros{static_cast<std::int64_t>(items.size()) << 40};
        item.revoked = shape == 3;
      }
      items.push_back(item);
    }
  }

  std::vector<std::string> ids;
  std::vector<Item> items;
};

RC_GTEST_PROP(Manifest, ReadsWhatItWrites, ()) {
  const RandomItems drawn;
  const std::vector<Item>& items = drawn.items;
  const Bytes bytes = write_manifest(items);
  const auto read = parse_manifest(bytes);
  RC_ASSERT(read.has_value());
  RC_ASSERT(write_manifest(*read) == bytes);
  RC_ASSERT(read->size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    RC_ASSERT((*read)[i].digest == items[i].digest);
    RC_ASSERT((*read)[i].id == items[i].id);
    RC_ASSERT((*read)[i].version == items[i].version);
    RC_ASSERT((*read)[i].revoked == items[i].revoked);
  }
}

RC_GTEST_PROP(Manifest, AFlippedBitIsRefusedOrGivesAnotherManifest, ()) {
  const RandomItems drawn;
  const Bytes flipped = with_flipped_bit(write_manifest(drawn.items));
  const auto other = parse_manifest(flipped);
  if (other) RC_ASSERT(write_manifest(*other) == flipped);
}

TEST(Manifest, RefusesAVersionTwice) {
  const std::string id = "note--" + samples::uuid(1);
  const std::string other = "note--" + samples::uuid(2);
  Item revoked = public_item(1, id);
  revoked.revoked = true;
  EXPECT_EQ(code_of_manifest(write_manifest({public_item(1, id), public_item(2, other), revoked})),
            "manifest-repeats");
  EXPECT_EQ(code_of_manifest(
                write_manifest({public_item(1, id), public_item(2, id), public_item(1, other)})),
            "read");
  // Hidden items have no name, and may even be alike.
  EXPECT_EQ(code_of_manifest(
                write_manifest({Item{digest(1), {}, {}, false}, {digest(1), {}, {}, false}})),
            "read");
}

TEST(Manifest, Holds1To65536Items) {
  EXPECT_EQ(code_of_manifest(write_manifest({})), "manifest-malformed");
  std::vector<Item> items(limits::kItems, Item{digest(1), {}, {}, false});
  EXPECT_EQ(code_of_manifest(write_manifest(items)), "read");
  items.push_back(items[0]);
  EXPECT_EQ(code_of_manifest(write_manifest(items)), "manifest-too-large");
}

TEST(Manifest, RefusesWhatIsNotInTheFormat) {
  const std::string id = "note--" + samples::uuid(1);
  const Bytes good = write_manifest({public_item(1, id)});
  ASSERT_EQ(code_of_manifest(good), "read");
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(code_of_manifest(ByteView(good).first(size)), "manifest-malformed") << size;
  Bytes longer = good;
  longer.push_back(std::byte{0});
  EXPECT_EQ(code_of_manifest(longer), "manifest-malformed");
  Bytes version = good;
  version[1] = std::byte{2};
  EXPECT_EQ(code_of_manifest(version), "manifest-malformed");
  EXPECT_EQ(code_of_manifest(write_manifest({public_item(1, "note")})), "manifest-malformed");
  EXPECT_EQ(code_of_manifest(write_manifest({public_item(-1, id)})), "manifest-malformed");
  Bytes members = good;
  members[3] = std::byte{0x83};
  EXPECT_EQ(code_of_manifest(members), "manifest-malformed");
  Bytes not_bool = good;
  not_bool.back() = std::byte{0xf6};
  EXPECT_EQ(code_of_manifest(not_bool), "manifest-malformed");
}

}  // namespace
}  // namespace comity::filing
