#include "intake/cell_text.h"

#include "tests/precompiled.h"

namespace comity::intake {
namespace {

using List = std::vector<std::string>;

TEST(CellText, StripsTheWhiteSpaceOfUnicode) {
  EXPECT_EQ(stripped(" \u00A0\t\u2003 a b\u00A0\u3000\r\n"), "a b");
  EXPECT_EQ(stripped("\u00A0 \u00A0"), "");
  EXPECT_EQ(stripped("\u200Fa"), "\u200Fa");  // a mark of direction, not white space
}

TEST(CellText, SplitKeepsEmptyPlaces) {
  EXPECT_EQ(split("a; ;b;", ';'), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ';'), (std::vector<std::string_view>{""}));
}

TEST(CellText, Words) {
  EXPECT_EQ(words("A-b  c1/Ü."), (std::vector<std::string_view>{"A", "b", "c1", "Ü"}));
  EXPECT_TRUE(words(" .-").empty());
}

TEST(CellText, PythonLists) {
  EXPECT_EQ(python_list("['a', [\"it's\", ' b '], None, '']"), (List{"a", "it's", "b", ""}));
  EXPECT_EQ(python_list(" [ ] "), List());
  EXPECT_EQ(python_list("['a',]"), (List{"a"}));
  EXPECT_EQ(python_list(R"(['\x41\'\n\u00e9\U0001F600\\'])"), (List{"A'\n\u00e9\U0001F600\\"}));
  EXPECT_EQ(python_list("[1, True, -2.5]"), (List{"1", "True", "-2.5"}));
  EXPECT_EQ(python_list("[['a'], [], [['b']]]"), (List{"a", "b"}));
}

TEST(CellText, WhatIsNoPythonList) {
  for (const char* text : {"", "a", "'a'", "['a'", "['a]", "['a'] b", "['a' 'b']", "[,]",
                           "['\\x4']", "['\\ud800']", "[\"a']", "['a',,'b']"})
    EXPECT_FALSE(python_list(text)) << text;
  EXPECT_TRUE(python_list(std::string(16, '[') + std::string(16, ']')));
  EXPECT_FALSE(python_list(std::string(17, '[') + std::string(17, ']')));
  EXPECT_FALSE(python_list(std::string(1'000'000, '[')));
}

}  // namespace
}  // namespace comity::intake
