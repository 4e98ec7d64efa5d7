#include "crypto/note.h"

#include "base/limits.h"

#include "tests/crypto/random_key.h"
#include "tests/random_bytes.h"

namespace comity::crypto {
namespace {

// golang.org/x/mod v0.20.0, sumdb/note/note_test.go, TestOpen.
const std::string kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string kPeterSignature =
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const std::string kEnochSignature =
    "\u2014 EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/"
    "5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const std::string kPeterNote = kText + "\n" + kPeterSignature;

Vkey peter() {
  return parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").value();
}

std::string note_code(const std::string& note) {
  const Vkey known = peter();
  const auto opened = open_note(note, std::span(&known, 1));
  return opened ? "ok" : opened.error().code();
}

TEST(Note, GoExampleOpens) {
  const Vkey known = peter();
  const auto opened = open_note(kPeterNote + kEnochSignature, std::span(&known, 1));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->note.text, kText);
  EXPECT_EQ(opened->verified, std::vector<Vkey>{known});
  // The unknown signature stays, so that the note can be written again.
  EXPECT_EQ(opened->note.signatures.size(), 2U);
  EXPECT_EQ(print(opened->note), kPeterNote + kEnochSignature);
}

// Go's secret key "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALV...": the seed after the type byte.
TEST(Note, GoExampleIsSigned) {
  const Bytes typed = from_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").value();
  const auto key = SecretKey::from(Algorithm::ed25519, Secret(ByteView(typed).subspan(1)));
  Note note{.text = kText, .signatures = {}};
  ASSERT_TRUE(sign_note(note, "PeterNeumann", *key).has_value());
  EXPECT_EQ(print(note), kPeterNote);
  // Signing again replaces the line.
  ASSERT_TRUE(sign_note(note, "PeterNeumann", *key).has_value());
  EXPECT_EQ(print(note), kPeterNote);
}

// The example of C2SP signed-note; its key is not published, so only the form.
TEST(Note, C2spExampleHasTheForm) {
  const std::string example =
      "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
      "ed \u00e8 subito sera.\n\n\u2014 quasimodo.example/salvatore "
      "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc="
      "\n";
  const auto note = parse_note(example);
  ASSERT_TRUE(note.has_value());
  EXPECT_TRUE(note->text.ends_with("sole:\n\ned \u00e8 subito sera.\n"));
  EXPECT_EQ(note->signatures.at(0).name, "quasimodo.example/salvatore");
  EXPECT_EQ(note->signatures.at(0).key_id, NoteKeyId{0x367ba04b});
  EXPECT_EQ(note->signatures.at(0).signature.size(), 64U);
  EXPECT_EQ(print(*note), example);
}

TEST(Note, AnyFlippedBitIsRefused) {
  std::string flipped = kPeterNote;
  for (std::size_t bit = 0; bit < kPeterNote.size() * 8; ++bit) {
    flipped[bit / 8] = static_cast<char>(kPeterNote[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(note_code(flipped), "ok") << flipped;
    flipped[bit / 8] = kPeterNote[bit / 8];
  }
}

TEST(Note, EveryTruncationIsRefused) {
  for (std::size_t size = 0; size < kPeterNote.size(); ++size)
    EXPECT_NE(note_code(kPeterNote.substr(0, size)), "ok") << size;
}

TEST(Note, MalformedNotesAreRefused) {
  const std::string dash = "\u2014";
  for (const std::string& bad : {
           std::string(),
           kText,
           kText + "\n",
           kText + kPeterSignature,                                // no blank line
           kText + "\n" + kPeterSignature + "\n",                  // nothing after the last one
           kText + "\n" + kPeterSignature + "\n\n",                //
           kText + "\n" + kPeterSignature + "x\n",                 // another line
           "a\rb\n\n" + kPeterSignature,                           // control character
           "a\tb\n\n" + kPeterSignature,                           //
           std::string("a\0b\n\n", 5) + kPeterSignature,           //
           "a\xff\n\n" + kPeterSignature,                          // not UTF-8
           kText + "\n- PeterNeumann x08go/ZJkuA=\n",              // a hyphen
           kText + "\n" + dash + "PeterNeumann x08go/ZJkuA=\n",    // no space
           kText + "\n" + dash + "  x08go/ZJkuA=\n",               // no name
           kText + "\n" + dash + " PeterNeumann\n",                // no signature
           kText + "\n" + dash + " PeterNeumann \n",               //
           kText + "\n" + dash + " Peter Neumann x08go/ZJkuA=\n",  // space in the name
           kText + "\n" + dash + " Peter\u00a0Neumann x08go/ZJkuA=\n",  //
           kText + "\n" + dash + " Peter\u3000Neumann x08go/ZJkuA=\n",  //
           kText + "\n" + dash + " Peter+Neumann x08go/ZJkuA=\n",       // plus in the name
           kText + "\n" + dash + " PeterNeumann x08go/ZJkuA\n",         // no pad
           kText + "\n" + dash + " PeterNeumann x08go/ZJkuB=\n",        // unused bits
           kText + "\n" + dash + " PeterNeumann x08go/ZJku-=\n",        // foreign character
           kText + "\n" + dash + " PeterNeumann x08go/ZJkuA= \n",       // space at the end
           kText + "\n" + dash + " PeterNeumann x08gow==\n",            // only a key id
           kText + "\n" + dash + " PeterNeumann x08g\n",                // less than one
           kPeterNote + "\r\n",
           kPeterNote.substr(0, kPeterNote.size() - 1),
       })
    EXPECT_EQ(note_code(bad), "note-malformed") << bad;
}

TEST(Note, UnknownKeysAreIgnored) {
  EXPECT_EQ(note_code(kText + "\n" + kEnochSignature), "note-unsigned");
  EXPECT_EQ(note_code(kText + "\n" + kEnochSignature + kPeterSignature), "ok");
  // The name of a known key with another id, and the other way round: unknown, not wrong.
  const std::string other_id = "\u2014 PeterNeumann AAAAAAAA\n";
  const std::string other_name = "\u2014 PeterNewman x08gowAA\n";
  EXPECT_EQ(note_code(kText + "\n" + other_id), "note-unsigned");
  EXPECT_EQ(note_code(kText + "\n" + other_id + other_name + kPeterSignature), "ok");
}

TEST(Note, WrongSignatureOfAKnownKeyRefusesTheNote) {
  const std::string wrong = "\u2014 PeterNeumann x08gowAA\n";
  EXPECT_EQ(note_code(kText + "\n" + wrong), "note-signature-invalid");
  EXPECT_EQ(note_code(kPeterNote + wrong), "note-signature-invalid");
  EXPECT_EQ(note_code("Another text\n\n" + kPeterSignature), "note-signature-invalid");
}

TEST(Note, ASignerCountsOnce) {
  const Vkey known = peter();
  const auto opened = open_note(kPeterNote + kPeterSignature, std::span(&known, 1));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->verified.size(), 1U);
  EXPECT_EQ(print(opened->note), kPeterNote + kPeterSignature);
}

TEST(Note, AmbiguousKnownKeysAreRefused) {
  const std::vector<Vkey> twice = {peter(), peter()};
  EXPECT_EQ(open_note(kPeterNote, twice).error().code(), "vkey-ambiguous");
}

TEST(Note, LimitsOfSizeAndSignatures) {
  std::string note = kText + "\n";
  for (std::size_t i = 1; i < limits::kNoteSignatures; ++i) note += kEnochSignature;
  EXPECT_EQ(note_code(note + kPeterSignature), "ok");
  EXPECT_EQ(note_code(note + kPeterSignature + kEnochSignature), "note-too-large");
  const std::string filler(limits::kNoteBytes - kPeterNote.size(), 'a');
  EXPECT_EQ(note_code(filler + kPeterNote), "note-signature-invalid");
  EXPECT_EQ(note_code("a" + filler + kPeterNote), "note-too-large");
}

TEST(Note, WhatCantBeSignedIsRefused) {
  const SecretKey key = SecretKey::generate(Algorithm::ed25519);
  const auto signing = [&key](std::string text, std::string_view name) {
    Note note{.text = std::move(text), .signatures = {}};
    const auto result = sign_note(note, name, key);
    EXPECT_EQ(note.signatures.size(), result ? 1U : 0U);
    return result ? "ok" : result.error().code();
  };
  EXPECT_EQ(signing("a\n", "log"), "ok");
  EXPECT_EQ(signing("\n", "log"), "ok");
  EXPECT_EQ(signing("a", "log"), "note-malformed");
  EXPECT_EQ(signing("", "log"), "note-malformed");
  EXPECT_EQ(signing("a\r\n", "log"), "note-malformed");
  EXPECT_EQ(signing("a\n", "my log"), "key-name-malformed");
  EXPECT_EQ(signing(std::string(limits::kNoteBytes, 'a') + "\n", "log"), "note-too-large");
  Note note{.text = "a\n", .signatures = {}};
  const SecretKey es256 = SecretKey::generate(Algorithm::es256);
  EXPECT_EQ(sign_note(note, "log", es256).error().code(), "vkey-type-unsupported");
}

/// A note of these lines, less what none can have, and the one key that has signed it.
struct SignedLines {
  explicit SignedLines(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      for (const char c : line)
        if (c >= 0x20) note.text += c;
      note.text += "\n";
    }
    if (note.text.empty()) note.text = "\n";
    RC_ASSERT(sign_note(note, vkey.name, key).has_value());
  }

  SecretKey key = random_key(Algorithm::ed25519);
  Vkey vkey = make_vkey("example.org/log", key.public_key()).value();
  Note note;
};

RC_GTEST_PROP(Note, ParseIsTheInverseOfPrint, (const std::vector<std::string>& lines)) {
  const SignedLines drawn(lines);
  const auto again = parse_note(print(drawn.note));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == drawn.note);
  RC_ASSERT(open_note(print(drawn.note), std::span(&drawn.vkey, 1)).has_value());
}

RC_GTEST_PROP(Note, AnyFlippedBitOfAnyNoteIsRefused, (const std::vector<std::string>& lines)) {
  const SignedLines drawn(lines);
  const std::string flipped = with_flipped_bit(print(drawn.note));
  RC_ASSERT_FALSE(open_note(flipped, std::span(&drawn.vkey, 1)).has_value());
}

}  // namespace
}  // namespace comity::crypto
