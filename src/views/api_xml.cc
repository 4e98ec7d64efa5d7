#include "views/api_xml.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::views {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

/// How many bytes the character at the front takes; 0 where it is none.
std::size_t character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return size <= text.size() && is_utf8(text.substr(0, size)) ? size : 0;
}

/// U+FFFE, U+FFFF and the controls but tab and line ends. Surrogates are no UTF-8.
bool is_outside_xml(std::string_view c) {
  if (c.size() == 1) {
    const auto code = static_cast<unsigned char>(c[0]);
    return code < 0x20 && c[0] != '\t' && c[0] != '\n' && c[0] != '\r';
  }
  return c == "\xef\xbf\xbe" || c == "\xef\xbf\xbf";
}

/// What stands for a character of markup, or "". A carriage return would be read as a line feed.
std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

}  // namespace

std::string xml_escape(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character(text);
    const std::string_view c = text.substr(0, std::max<std::size_t>(size, 1));
    if (size == 0 || is_outside_xml(c)) {
      escaped += kReplacement;
    } else if (const auto instead = entity(c[0]); size == 1 && !instead.empty()) {
      escaped += instead;
    } else {
      escaped += c;
    }
    text.remove_prefix(c.size());
  }
  return escaped;
}

void XmlDocument::begin(std::string_view name, const Attributes& attributes) {
  text_ += '<';
  text_ += name;
  for (const auto& [key, value] : attributes)
    text_.append(" ").append(key).append("=\"").append(xml_escape(value)).append("\"");
  text_ += '>';
}

void XmlDocument::open(std::string_view name, const Attributes& attributes) {
  COMITY_ASSERT(!open_.empty() || !begun_);
  begun_ = true;
  begin(name, attributes);
  text_ += '\n';
  open_.push_back(name);
}

void XmlDocument::close() {
  COMITY_ASSERT(!open_.empty());
  text_.append("</").append(open_.back()).append(">\n");
  open_.pop_back();
}

void XmlDocument::add(std::string_view name, std::string_view text, const Attributes& attributes) {
  COMITY_ASSERT(!open_.empty());
  begin(name, attributes);
  text_.append(xml_escape(text)).append("</").append(name).append(">\n");
}

std::string XmlDocument::finish() && {
  COMITY_ASSERT(begun_ && open_.empty());
  return std::move(text_);
}

}  // namespace comity::views
