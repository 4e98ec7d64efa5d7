#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "codec/json_names.h"
#include "stix/finding_code.h"
#include "stix/object_checker.h"

// Values against the data types of section 2.

namespace comity::stix {
namespace {

using codec::JsonKind;

constexpr bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr bool is_base64_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

/// Where the specification defines a kind of value, and what a value of it is in JSON.
struct KindWords {
  std::string_view section;
  std::string_view words;
};

KindWords words_of(const Property& row) {
  switch (row.value.kind) {
    case Kind::text:
    case Kind::vocabulary:
    case Kind::enumeration:
      return {"2.15", "a string"};
    case Kind::boolean:
      return {"2.2", "true or false, without quotes"};
    case Kind::integer:
      return {"2.10", "a whole number, without quotes"};
    case Kind::number:
      return {"2.6", "a number, without quotes"};
    case Kind::timestamp:
    case Kind::version_time:
    case Kind::whole_second:
      return {"2.16", "a timestamp in quotes, such as \"2017-06-27T10:00:00.000Z\""};
    case Kind::identifier:
    case Kind::own_id:
      return {"2.9", "an identifier in quotes"};
    case Kind::hashes:
      return {"2.7", "an object of hashes by algorithm"};
    case Kind::hex:
      return {"2.8", "a string of hexadecimal digits"};
    case Kind::binary:
      return {"2.1", "a string in base64"};
    case Kind::dictionary:
    case Kind::extensions:
    case Kind::contents:
      return {"2.3", "an object, in braces"};
    case Kind::container:
      return {"2.13", "an object, in braces"};
    case Kind::part:
      return {row.value.type->section, "an object, in braces"};
    case Kind::marking_object:
    case Kind::bundled:
    case Kind::anything:
    case Kind::reserved:
      return {row.section, "an object, in braces"};
    case Kind::type_name:
    case Kind::spec_version:
      break;
  }
  return {"3.2", "a string"};
}

/// What values of an algorithm of section 10.7 look like.
bool is_hash(std::string_view algorithm, std::string_view value) {
  struct Length {
    std::string_view algorithm;
    std::size_t digits;
  };
  static constexpr std::array<Length, 6> kLengths = {{{"MD5", 32},
                                                      {"SHA-1", 40},
                                                      {"SHA-256", 64},
                                                      {"SHA-512", 128},
                                                      {"SHA3-256", 64},
                                                      {"SHA3-512", 128}}};
  for (const auto& known : kLengths)
    if (known.algorithm == algorithm)
      return value.size() == known.digits && std::ranges::all_of(value, is_hex_digit);
  if (algorithm == "TLSH") {
    if (value.size() == 72 && value.starts_with("T1")) value.remove_prefix(2);
    return value.size() == 70 && std::ranges::all_of(value, is_hex_digit);
  }
  if (algorithm == "SSDEEP") {  // blocksize:hash:hash
    const std::size_t colon = value.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view hashes = value.substr(colon + 1);
    return std::ranges::count(hashes, ':') == 1 &&
           std::ranges::all_of(hashes, [](char c) { return c == ':' || is_base64_digit(c); }) &&
           std::ranges::all_of(value.substr(0, colon), [](char c) { return c >= '0' && c <= '9'; });
  }
  return true;
}

bool is_hash_name(std::string_view name) {
  return name.size() >= 3 && name.size() <= 250 && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

bool is_base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  return std::ranges::all_of(text.substr(0, text.size() - padding), is_base64_digit);
}

}  // namespace

void ObjectChecker::wrong_kind(const Property& row, const JsonValue& value, const Path& path) {
  const auto words = words_of(row);
  const std::string_view code = value.kind() == JsonKind::kNull ? code::kNull : code::kKind;
  report_->error(code, path, words.section, "It must be " + std::string(words.words) + ".");
}

void ObjectChecker::check_value(const Members& members, std::size_t place, const JsonValue& value,
                                const Path& path, int depth) {
  const Property& row = members.type().row(place);
  if (!row.value.list) return check_item(members, place, value, path, depth);
  if (!value.is_array()) {
    report_->error(value.kind() == JsonKind::kNull ? code::kNull : code::kKind, path, "2.12",
                   "It must be a list, in brackets, even of one value.");
    return;
  }
  if (!enter(path, depth)) return;
  std::ptrdiff_t index = 0;
  for (const auto element : value.elements()) {
    if (row.value.kind == Kind::bundled) report_->next_object();
    check_item(members, place, JsonValue(element), Path{&path, {}, index++}, depth + 1);
    if (report_->done() && (row.value.kind != Kind::bundled || !report_->warnings())) return;
  }
  if (row.value.kind == Kind::bundled) report_->next_object();
  if (index == 0)
    report_->error(code::kEmptyList, path, "2.12",
                   "A list must not be empty; leave the property out.");
}

void ObjectChecker::check_item(const Members& members, std::size_t place, const JsonValue& value,
                               const Path& path, int depth) {
  const Property& row = members.type().row(place);
  switch (row.value.kind) {
    case Kind::text:
      return check_text(row, value, path);
    case Kind::boolean:
      if (!value.is_bool()) wrong_kind(row, value, path);
      return;
    case Kind::integer:
      return check_integer(row, value, path);
    case Kind::number:
      return check_number(row, value, path);
    case Kind::timestamp:
    case Kind::version_time:
    case Kind::whole_second:
      return check_time(row, value, path);
    case Kind::identifier:
      if (container_ && row.section != "3.2") return check_contained_reference(row, value, path);
      return check_reference(row, value, path);
    case Kind::own_id:
      return check_own_id(members, value, path);
    case Kind::type_name:
      if (!value.is_string()) wrong_kind(row, value, path);
      return;
    case Kind::spec_version:
      return check_spec_version(value, path);
    case Kind::vocabulary:
    case Kind::enumeration:
      return check_word(row, value, path);
    case Kind::hex:
      return check_hex(value, path);
    case Kind::binary:
      return check_binary(value, path);
    default:
      return check_nested(members, place, value, path, depth);
  }
}

void ObjectChecker::check_nested(const Members& members, std::size_t place, const JsonValue& value,
                                 const Path& path, int depth) {
  const Property& row = members.type().row(place);
  const Kind kind = row.value.kind;
  if (kind == Kind::bundled) {
    if (extent_ == Extent::whole) check(value, path, depth);
    return;
  }
  if (kind == Kind::anything || kind == Kind::reserved) return check_free(value, path, depth);
  if (!value.is_object()) return wrong_kind(row, value, path);
  switch (kind) {
    case Kind::hashes:
      return check_hashes(row, value, path, depth);
    case Kind::dictionary:
      return check_dictionary(row, value, path, depth);
    case Kind::part:
      return check_part(value, *members.type().part(place), Unlisted::custom, path, depth);
    case Kind::extensions:
      return check_extensions(members, value, path, depth);
    case Kind::marking_object:
      return check_marking_object(value, path, depth);
    case Kind::contents:
      return check_contents(value, path, depth);
    default:
      COMITY_ASSERT(kind == Kind::container);
      return check_container(value, path, depth);
  }
}

void ObjectChecker::check_spec_version(const JsonValue& value, const Path& path) {
  if (value.text() == "2.0")
    report_->error(code::kVersion20, path, "3.2",
                   "The object is STIX 2.0; convert it to STIX 2.1 (the OASIS tool stix2-elevator "
                   "does).");
  else if (value.text() != "2.1")
    report_->error(code::kSpecVersion, path, "3.2", "It must be \"2.1\".");
}

void ObjectChecker::check_format(Format format, std::string_view text, std::string_view section,
                                 const Path& path) {
  const FormatRule& rule = rule_of(format);
  if (rule.level == Level::warning && !report_->warnings()) return;
  if (fits(format, text)) return;
  report_->add(rule.level, rule.code, path, rule.section.empty() ? section : rule.section,
               std::string(rule.sentence));
}

void ObjectChecker::check_text(const Property& row, const JsonValue& value, const Path& path) {
  if (!value.is_string()) return wrong_kind(row, value, path);
  if (row.value.format != Format::any)
    check_format(row.value.format, value.text(), row.section, path);
}

void ObjectChecker::check_integer(const Property& row, const JsonValue& value, const Path& path) {
  constexpr std::int64_t kGreatest = (std::int64_t{1} << 53) - 1;
  if (value.kind() != JsonKind::kNumber) return wrong_kind(row, value, path);
  const auto number = value.integer();
  if (!number) {
    const auto real = value.number();
    if (real && std::abs(*real) > static_cast<double>(kGreatest))
      report_->error(code::kRange, path, "2.10", "It must be between -(2^53)+1 and (2^53)-1.");
    else
      wrong_kind(row, value, path);
    return;
  }
  if (*number < row.value.low || *number > row.value.high) {
    const bool open = row.value.high == std::numeric_limits<std::int64_t>::max();
    report_->error(code::kRange, path, row.section,
                   open ? "It must not be less than " + std::to_string(row.value.low) + "."
                        : "It must be between " + std::to_string(row.value.low) + " and " +
                              std::to_string(row.value.high) + ".");
  } else if (*number > kGreatest || *number < -kGreatest) {
    report_->error(code::kRange, path, "2.10", "It must be between -(2^53)+1 and (2^53)-1.");
  }
}

void ObjectChecker::check_number(const Property& row, const JsonValue& value, const Path& path) {
  const auto number = value.number();
  if (!number) return wrong_kind(row, value, path);
  if (row.value.low == std::numeric_limits<std::int64_t>::min()) return;
  if (*number < static_cast<double>(row.value.low) || *number > static_cast<double>(row.value.high))
    report_->error(code::kRange, path, row.section,
                   "It must be between " + std::to_string(row.value.low) + " and " +
                       std::to_string(row.value.high) + ".");
}

void ObjectChecker::check_time(const Property& row, const JsonValue& value, const Path& path) {
  constexpr std::size_t kMilliseconds = 3;
  if (!value.is_string()) return wrong_kind(row, value, path);
  const Timestamp time = parse_time(value.text());
  if (!time) {
    report_->error(code::kTimestamp, path, "2.16.1",
                   "It must be a time that exists, in UTC, written like "
                   "2017-06-27T10:00:00.000Z.");
  } else if (row.value.kind == Kind::version_time && time.fraction.size() < kMilliseconds) {
    report_->error(code::kPrecision, path, row.section,
                   "It must have milliseconds at least, such as 2017-06-27T10:00:00.000Z.");
  } else if (row.value.kind == Kind::whole_second && !time.fraction.empty()) {
    report_->error(code::kPrecision, path, row.section,
                   "It must be precise to the second: leave out the fraction.");
  }
}

void ObjectChecker::check_word(const Property& row, const JsonValue& value, const Path& path) {
  if (!value.is_string()) return wrong_kind(row, value, path);
  const Vocabulary& vocabulary = *row.value.vocabulary;
  const std::string_view word = value.text();
  const bool closed = row.value.kind == Kind::enumeration;
  if ((!closed && !report_->warnings()) || vocabulary.holds(word)) return;
  std::string sentence = quoted(word) + " is not one of the words of " +
                         std::string(vocabulary.name) + " (section " +
                         std::string(vocabulary.section) + ")";
  if (closed) {
    report_->error(code::kEnumeration, path, row.section, sentence + "; write one of them.");
    return;
  }
  report_->warning(code::kVocabulary, path, row.section, sentence + "; write one if one fits.");
  if (!fits(Format::product_name, word))
    report_->warning(code::kVocabularyForm, path, "2.14",
                     "A word of your own should be in lower case with hyphens between its parts.");
}

void ObjectChecker::check_hashes(const Property& row, const JsonValue& value, const Path& path,
                                 int depth) {
  if (!enter(path, depth)) return;
  const std::size_t from = scratch_->names.size();
  for (const auto [key, element] : value.members()) {
    const JsonValue hash(element);
    const Path here{&path, key};
    scratch_->names.push_back(key);
    if (!is_hash_name(key))
      report_->error(code::kHashName, here, "2.7",
                     "An algorithm's name has 3 to 250 of a-z, A-Z, 0-9, hyphen and underscore.");
    else if ((report_->warnings() || row.value.listed) && !kHashAlgorithm.holds(key))
      report_->add(row.value.listed ? Level::error : Level::warning, code::kHashAlgorithm, here,
                   row.value.listed ? row.section : "2.7",
                   "The algorithm is not one of hash-algorithm-ov (section 10.7).");
    if (!hash.is_string())
      report_->error(hash.kind() == JsonKind::kNull ? code::kNull : code::kKind, here, "2.7",
                     "A hash must be a string.");
    else if (!is_hash(key, hash.text()))
      report_->error(code::kHashValue, here, "2.7",
                     "This is no value of that algorithm; check its length and digits.");
    if (report_->done()) break;
  }
  end_keys(from, path);
}

void ObjectChecker::check_hex(const JsonValue& value, const Path& path) {
  const std::string_view text = value.text();
  if (value.is_string() && text.size() % 2 == 0 && std::ranges::all_of(text, is_hex_digit) &&
      std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'F'; }))
    return;
  report_->error(value.is_string() ? code::kHex : code::kKind, path, "2.8",
                 "It must be an even number of the digits 0-9 and a-f, in quotes.");
}

void ObjectChecker::check_binary(const JsonValue& value, const Path& path) {
  if (value.is_string() && is_base64(value.text())) return;
  report_->error(value.is_string() ? code::kBinary : code::kKind, path, "2.1",
                 "It must be base64 (RFC 4648 section 4), with its padding and without breaks.");
}

void ObjectChecker::check_dictionary(const Property& row, const JsonValue& value, const Path& path,
                                     int depth) {
  if (row.value.entries == Entries::any) return check_free(value, path, depth);
  if (!enter(path, depth)) return;
  const std::size_t from = scratch_->names.size();
  for (const auto [key, element] : value.members()) {
    const Path here{&path, key};
    scratch_->names.push_back(key);
    const bool fit = !key.empty() && key.size() <= 250 && std::ranges::all_of(key, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '-' || c == '_';
    });
    if (!fit)
      report_->error(code::kDictionaryKey, here, "2.3",
                     "A key has 1 to 250 of a-z, A-Z, 0-9, hyphen and underscore; rename it.");
    check_entry(row.value.entries, row.section, JsonValue(element), here, depth + 1);
    if (report_->done()) break;
  }
  end_keys(from, path);
}

void ObjectChecker::check_entry(Entries entries, std::string_view section, const JsonValue& value,
                                const Path& path, int depth) {
  const bool text = value.is_string();
  const bool integer = value.kind() == JsonKind::kNumber && value.integer();
  std::string_view words;
  switch (entries) {
    case Entries::text:
      if (!text) words = "a string";
      break;
    case Entries::integer:
      if (!integer) words = "a whole number";
      break;
    case Entries::integer_or_text:
      if (!text && !integer) words = "a whole number or a string";
      break;
    case Entries::text_list: {
      words = value.is_array() ? "" : "a list of strings";
      if (!value.is_array()) break;
      if (!enter(path, depth)) return;
      std::size_t count = 0;
      for (const auto element : value.elements()) {
        ++count;
        if (!JsonValue(element).is_string()) words = "a list of strings";
      }
      if (count == 0) words = "a list of one string at least";
      break;
    }
    case Entries::any:
      break;
  }
  if (!words.empty())
    report_->error(code::kDictionaryValue, path, section,
                   "Each value must be " + std::string(words) + ".");
}

}  // namespace comity::stix
