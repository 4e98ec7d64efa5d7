#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::views {

/// The text as character data or as an attribute's value in double quotes (XML 1.0 section 2.4):
/// markup is escaped, and what no XML can hold (section 2.2, and bytes that are not UTF-8) becomes
/// U+FFFD.
[[nodiscard]] std::string xml_escape(std::string_view text);

/// A document of XML 1.0 that is well-formed whatever is written into it: elements are closed in
/// the order in which they were opened, and all that is not a name of ours is escaped.
class XmlDocument {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string>>;

  /// Names of elements and attributes are literals of ours.
  void open(std::string_view name, const Attributes& attributes = {});
  /// REQUIRES: an element is open.
  void close();
  /// An element of that text.
  void add(std::string_view name, std::string_view text, const Attributes& attributes = {});

  /// The document. REQUIRES: exactly one element was opened at the top, and all are closed.
  [[nodiscard]] std::string finish() &&;

 private:
  void begin(std::string_view name, const Attributes& attributes);

  std::string text_ = R"(<?xml version="1.0" encoding="utf-8"?>)"
                      "\n";
  std::vector<std::string_view> open_;
  bool begun_ = false;
};

}  // namespace comity::views
