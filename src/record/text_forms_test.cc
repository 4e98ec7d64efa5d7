#include "record/text_forms.h"

namespace comity::record {
namespace {

using Words = std::vector<std::string>;

TEST(TextForms, WordsArePartedByWhatIsNoLetterOrDigit) {
  EXPECT_EQ(words_of("not-petya, \"NotPetya\"*"), (Words{"not", "petya", "NotPetya"}));
  EXPECT_EQ(words_of("Côte d’Ivoire — «Ботнет»"), (Words{"Côte", "d", "Ivoire", "Ботнет"}));
  EXPECT_EQ(words_of("APT32海莲花 group"), (Words{"APT32", "海 莲 花", "group"}));
  EXPECT_EQ(words_of(""), Words{});
  EXPECT_EQ(words_of("\xff\xc3 a\xe6\xb5"), (Words{"a"}));
  EXPECT_EQ(words_of(std::string_view("a\0b", 3)), (Words{"a", "b"}));
}

TEST(TextForms, CharactersWithoutSpacesAreSetApart) {
  EXPECT_EQ(set_apart("plain"), "plain");
  EXPECT_EQ(set_apart("das 海莲"), "das  海  莲 ");
}

TEST(TextForms, ANameHasItsPartsAndItsJoins) {
  EXPECT_EQ(name_forms("NotPetya"), "NotPetya Not Petya");
  EXPECT_EQ(name_forms("Fancy Bear"), "Fancy Bear FancyBear");
  EXPECT_EQ(name_forms("APT 28"), "APT 28 APT28");
  EXPECT_EQ(name_forms("APT28"), "APT28 APT 28");
  EXPECT_EQ(name_forms("Not Petya wiper"), "Not Petya wiper NotPetya Petyawiper NotPetyawiper");
  EXPECT_EQ(name_forms("x"), "x");
  EXPECT_EQ(name_forms(""), "");
}

TEST(TextForms, WordsOfNamesStandBehindAMark) {
  EXPECT_EQ(marked_as_name("not petya"), "\ue000not \ue000petya");
  EXPECT_EQ(marked_as_name(" a  b "), "\ue000a \ue000b");
  EXPECT_EQ(marked_as_name(""), "");
  EXPECT_EQ(words_of(marked_as_name("petya")), Words{"petya"}) << "what is typed has no mark";
}

RC_GTEST_PROP(TextForms, TakeAnyBytes, (const std::string& text)) {
  for (const std::string& word : words_of(text)) {
    RC_ASSERT(!word.empty());
    RC_ASSERT(word.find('"') == std::string::npos);
    RC_ASSERT(words_of(word).size() >= 1);
  }
  RC_ASSERT(name_forms(text).size() >= set_apart(text).size());
}

}  // namespace
}  // namespace comity::record
