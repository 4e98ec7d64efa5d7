// That a document is well-formed whatever is written into it.

#include "views/api_xml.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/bytes.h"

namespace comity::views {
namespace {

TEST(XmlEscape, MarkupIsEscaped) {
  EXPECT_EQ(xml_escape(R"(<a href="x">&amp; 'y'</a>)"),
            "&lt;a href=&quot;x&quot;&gt;&amp;amp; 'y'&lt;/a&gt;");
  EXPECT_EQ(xml_escape("]]>"), "]]&gt;");
  EXPECT_EQ(xml_escape("a\r\n\tb"), "a&#13;&#10;&#9;b");
  EXPECT_EQ(xml_escape("Zürich 中 🦊"), "Zürich 中 🦊");
  EXPECT_EQ(xml_escape(""), "");
}

TEST(XmlEscape, WhatNoXmlHoldsIsReplaced) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  for (const char* text : {"\x01", "\x1f", "\x0b", "\xff", "\xc3", "\xef\xbf\xbe", "\xef\xbf\xbf"})
    EXPECT_EQ(xml_escape(text), kReplacement);
  EXPECT_EQ(xml_escape(std::string_view("\0", 1)), kReplacement);
  EXPECT_EQ(xml_escape("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") << "a surrogate";
}

RC_GTEST_PROP(XmlEscape, LeavesNothingThatIsMarkup, (const std::string& text)) {
  const std::string escaped = xml_escape(text);
  RC_ASSERT(is_utf8(escaped));
  RC_ASSERT(escaped.find_first_of("<>\"\r\n\t") == std::string::npos);
  for (const char c : escaped) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
  for (std::size_t at = escaped.find('&'); at != std::string::npos;
       at = escaped.find('&', at + 1)) {
    const std::string_view rest = std::string_view(escaped).substr(at);
    RC_ASSERT(rest.starts_with("&amp;") || rest.starts_with("&lt;") || rest.starts_with("&gt;") ||
              rest.starts_with("&quot;") || rest.starts_with("&#"));
  }
}

TEST(XmlDocument, ClosesWhatItOpens) {
  XmlDocument xml;
  xml.open("a", {{"x", "\"<&"}});
  xml.open("b");
  xml.add("c", "<", {{"y", "1"}});
  xml.close();
  xml.close();
  EXPECT_EQ(std::move(xml).finish(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a x=\"&quot;&lt;&amp;\">\n<b>\n"
            "<c y=\"1\">&lt;</c>\n</b>\n</a>\n");
}

}  // namespace
}  // namespace comity::views
