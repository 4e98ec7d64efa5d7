#include "crypto/checkpoint.h"

#include "crypto/sha256.h"

#include "tests/crypto/random_key.h"
#include "tests/random_bytes.h"

namespace comity::crypto {
namespace {

const std::string kRoot = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

Checkpoint example() {
  return {.origin = "example.com/behind-the-sofa",
          .size = TreeSize{20'852'163},
          .root = RootHash::from(from_base64(kRoot).value()),
          .extensions = {}};
}

// The example of C2SP tlog-checkpoint.
TEST(Checkpoint, C2spExample) {
  const std::string text = "example.com/behind-the-sofa\n20852163\n" + kRoot + "\n";
  EXPECT_EQ(parse_checkpoint(text), example());
  EXPECT_EQ(print(example()), text);
  const auto note = parse_note(
      text +
      "\n\u2014 example.com/behind-the-sofa "
      "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
      "\n");
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(parse_checkpoint(note->text), example());
}

TEST(Checkpoint, MalformedTextsAreRefused) {
  const std::string root = kRoot + "\n";
  for (const std::string& bad : {
           std::string(),
           std::string("\n"),
           std::string("o\n"),
           std::string("o\n1\n"),
           "o\n1\n" + kRoot,                         // no newline at the end
           "\n1\n" + root,                           // no origin
           "o\n\n" + root,                           // no size
           "o\n01\n" + root,                         // leading zero
           "o\n00\n" + root,                         //
           "o\n+1\n" + root,                         //
           "o\n-1\n" + root,                         //
           "o\n1 \n" + root,                         //
           "o\n0x1\n" + root,                        //
           "o\n18446744073709551616\n" + root,       // 2^64
           std::string("o\n1\n\n"),                  // no root
           "o\n1\n" + kRoot.substr(1) + "\n",        // short
           "o\n1\n" + kRoot + "A\n",                 // long
           "o\n1\nAAAA" + root,                      // 35 bytes
           "o\n1\n" + kRoot.substr(0, 43) + "\n",    // no pad
           "o\n1\n" + kRoot.substr(0, 42) + "J=\n",  // unused bits
           "o\n1\n" + root + "\n",                   // empty line
           "o\n1\n" + root + "\nextension\n",        //
           "o\n1\n" + root + "extension\n\n",        //
           "o\n1\n" + root + "extension",            // no newline at the end
       }) {
    const auto parsed = parse_checkpoint(bad);
    ASSERT_FALSE(parsed.has_value()) << bad;
    EXPECT_EQ(parsed.error().code(), "checkpoint-malformed");
  }
}

RC_GTEST_PROP(Checkpoint, ParseIsTheInverseOfPrint,
              (std::uint64_t size, const std::vector<std::string>& lines)) {
  Checkpoint checkpoint = example();
  checkpoint.size = TreeSize{size};
  checkpoint.root = digest_of<RootTag>(as_bytes(std::to_string(size)));
  for (const std::string& line : lines)
    if (!line.empty() && !line.contains('\n')) checkpoint.extensions.push_back(line);
  const auto again = parse_checkpoint(print(checkpoint));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == checkpoint);
}

TEST(Checkpoint, SignedOpensWithTheLogsKeyOnly) {
  const SecretKey key = SecretKey::generate(Algorithm::ed25519);
  const auto made = sign_checkpoint(example(), key);
  ASSERT_TRUE(made.has_value());
  const std::string note = print(made->note);
  const Vkey log = make_vkey(example().origin, key.public_key()).value();
  const auto opened = open_checkpoint(note, log);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->checkpoint, example());
  EXPECT_EQ(print(opened->note), note);

  const Vkey renamed = make_vkey("example.com/other", key.public_key()).value();
  EXPECT_EQ(open_checkpoint(note, renamed).error().code(), "note-unsigned");
  const SecretKey stranger = SecretKey::generate(Algorithm::ed25519);
  const Vkey other = make_vkey(example().origin, stranger.public_key()).value();
  EXPECT_EQ(open_checkpoint(note, other).error().code(), "note-unsigned");
}

RC_GTEST_PROP(Checkpoint, AnyFlippedBitOfAnySignedIsRefused, (std::uint64_t size)) {
  const auto line = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange(' ', '~')));
  const Checkpoint checkpoint{.origin = example().origin,
                              .size = TreeSize{size},
                              .root = drawn_digest<RootHash>(),
                              .extensions = *rc::gen::container<std::vector<std::string>>(line)};
  const SecretKey key = random_key(Algorithm::ed25519);
  const Vkey log = make_vkey(checkpoint.origin, key.public_key()).value();
  const std::string note = print(sign_checkpoint(checkpoint, key).value().note);
  RC_ASSERT(open_checkpoint(note, log).has_value());
  RC_ASSERT_FALSE(open_checkpoint(with_flipped_bit(note), log).has_value());
}

TEST(Checkpoint, OfAnotherOriginIsRefused) {
  const SecretKey key = SecretKey::generate(Algorithm::ed25519);
  Note note{.text = print(example()), .signatures = {}};
  ASSERT_TRUE(sign_note(note, "example.com/log", key).has_value());
  const Vkey log = make_vkey("example.com/log", key.public_key()).value();
  EXPECT_EQ(open_checkpoint(print(note), log).error().code(), "checkpoint-other-origin");
  Note prose{.text = "no checkpoint\n", .signatures = {}};
  ASSERT_TRUE(sign_note(prose, "example.com/log", key).has_value());
  EXPECT_EQ(open_checkpoint(print(prose), log).error().code(), "checkpoint-malformed");
}

TEST(Checkpoint, WhatCantBeWrittenIsNotSigned) {
  const SecretKey key = SecretKey::generate(Algorithm::ed25519);
  const auto code = [&key](const Checkpoint& checkpoint) {
    const auto made = sign_checkpoint(checkpoint, key);
    return made ? "ok" : made.error().code();
  };
  Checkpoint bad = example();
  bad.origin = "";
  EXPECT_EQ(code(bad), "checkpoint-malformed");
  bad.origin = "a\n1";
  EXPECT_EQ(code(bad), "checkpoint-malformed");
  bad.origin = "a b";
  EXPECT_EQ(code(bad), "key-name-malformed");
  bad = example();
  bad.extensions = {"fine", ""};
  EXPECT_EQ(code(bad), "checkpoint-malformed");
  bad.extensions = {"two\nlines"};
  EXPECT_EQ(code(bad), "checkpoint-malformed");
  bad.extensions = {"tab\t"};
  EXPECT_EQ(code(bad), "note-malformed");
}

}  // namespace
}  // namespace comity::crypto
