#include "crypto/sha256.h"

#include "base/bytes.h"

namespace comity::crypto {
namespace {

struct TextTag;

// FIPS 180-4 examples (NIST, "SHA256.pdf"): one block, two blocks; and the empty string.
TEST(Sha256, PublishedExamples) {
  EXPECT_EQ(to_hex(sha256(as_bytes(""))),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

RC_GTEST_PROP(Sha256, PartsAreConcatenated, (const std::string& a, const std::string& b)) {
  const auto whole = sha256(as_bytes(a + b));
  RC_ASSERT(sha256({as_bytes(a), as_bytes(b)}) == whole);
  Sha256 hasher;
  for (const char c : a) hasher.update(static_cast<std::byte>(c));
  RC_ASSERT(hasher.update(as_bytes(b)).finish() == whole);
  RC_ASSERT(digest_of<TextTag>({as_bytes(a), as_bytes(b)}).bytes == whole);
}

TEST(Sha256, CopyKeepsTheCommonBeginning) {
  Sha256 begun;
  begun.update(as_bytes("ab"));
  Sha256 copy = begun;
  EXPECT_EQ(copy.update(as_bytes("c")).finish(), sha256(as_bytes("abc")));
  EXPECT_EQ(begun.update(as_bytes("d")).finish(), sha256(as_bytes("abd")));
}

}  // namespace
}  // namespace comity::crypto
