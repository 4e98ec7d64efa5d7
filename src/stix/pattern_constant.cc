#include "stix/pattern_constant.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/bytes.h"
#include "stix/ascii.h"
#include "stix/timestamp.h"

namespace comity::stix {
namespace {

using Token = PatternTokenKind;

bool is_signed(const PatternToken& number) {
  return number.text.starts_with('+') || number.text.starts_with('-');
}

void check_integer(const PatternToken& token, PatternProblems& problems) {
  constexpr std::int64_t kGreatest = (std::int64_t{1} << 53) - 1;
  const std::string_view digits = token.text.substr(is_signed(token) ? 1 : 0);
  if (digits.size() > 1 && digits.starts_with('0'))
    return problems.add(Level::error, token.offset, "9.2",
                        "An integer has no leading zeros; leave them out.");
  std::int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || value > kGreatest)
    problems.add(Level::error, token.offset, "2.10",
                 "An integer lies between -9007199254740991 and 9007199254740991.");
}

void check_float(const PatternToken& token, PatternProblems& problems) {
  const std::string_view digits = token.text.substr(is_signed(token) ? 1 : 0);
  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  // A number too close to zero for a double is out of range too, but means zero.
  const bool too_great = read.ec == std::errc::result_out_of_range &&
                         digits.substr(0, digits.find('.')).find_first_not_of('0') != digits.npos;
  if (too_great)
    problems.add(Level::error, token.offset, "2.6",
                 "This number is too great for a double of IEEE 754.");
}

void check_hex(const PatternToken& token, PatternProblems& problems) {
  const std::string_view digits = token.quoted();
  const auto lower = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
  if (digits.size() % 2 != 0 || !std::ranges::all_of(digits, lower))
    problems.add(
        Level::error, token.offset, "9.2",
        "A hex constant is an even number of the digits 0 to 9 and a to f, in lower case.");
}

void check_binary(const PatternToken& token, PatternProblems& problems) {
  std::string base64(token.quoted());
  std::erase(base64, '\n');
  if (!from_base64(base64))
    problems.add(Level::error, token.offset, "9.2",
                 "A binary constant is base64 of RFC 4648 section 4, padded with =, in which only "
                 "line feeds may stand besides.");
}

/// The part of an address before the slash, and the length of the prefix after it, if any.
struct Range {
  std::string address;
  int prefix = 0;
};
std::optional<Range> split_range(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return Range{text, 0};
  const std::string_view digits = std::string_view(text).substr(slash + 1);
  if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits[0] == '0')) return {};
  int prefix = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || prefix < 0) return {};
  return Range{text.substr(0, slash), prefix};
}

}  // namespace

bool is_constant(Token kind) {
  switch (kind) {
    case Token::boolean:
    case Token::integer:
    case Token::floating:
    case Token::string:
    case Token::hex:
    case Token::binary:
    case Token::timestamp:
      return true;
    default:
      return false;
  }
}

std::string_view name_of(Token kind) {
  switch (kind) {
    case Token::boolean:
      return "boolean";
    case Token::integer:
      return "integer";
    case Token::floating:
      return "float";
    case Token::string:
      return "string";
    case Token::hex:
      return "hex";
    case Token::binary:
      return "binary";
    case Token::timestamp:
      return "timestamp";
    default:
      COMITY_ASSERT(false);
  }
  return {};
}

void check_constant(const PatternToken& token, PatternProblems& problems) {
  const bool number = token.is(Token::integer) || token.is(Token::floating);
  if (number && token.text.starts_with('+'))
    problems.add(Level::error, token.offset, "9.2",
                 "A positive number has no sign; leave the plus sign out.");
  if (token.is(Token::integer)) check_integer(token, problems);
  if (token.is(Token::floating)) check_float(token, problems);
  if (token.is(Token::hex)) check_hex(token, problems);
  if (token.is(Token::binary)) check_binary(token, problems);
  if (token.is(Token::timestamp) && !parse_time(token.quoted()))
    problems.add(Level::error, token.offset, "9.2",
                 "A timestamp has the form t'2016-01-20T12:31:12.123Z', with a day and time that "
                 "exist, in UTC.");
}

void check_positive(const PatternToken& token, std::string_view qualifier,
                    PatternProblems& problems) {
  const bool zero = token.text.find_first_of("123456789") == std::string_view::npos;
  if (zero || token.text.starts_with('-'))
    problems.add(Level::error, token.offset, "9.5.1",
                 fmt::format("The number after {} must be greater than zero.", qualifier));
}

bool is_ip_range(const std::string& text, IpVersion version) {
  const auto range = split_range(text);
  // The C functions would read the address up to a NUL.
  if (!range || std::ranges::find(range->address, '\0') != range->address.end()) return false;
  std::array<unsigned char, 16> bytes{};
  const bool v4 = range->prefix <= 32 && inet_pton(AF_INET, range->address.c_str(), bytes.data());
  const bool v6 = range->prefix <= 128 && inet_pton(AF_INET6, range->address.c_str(), bytes.data());
  return (v4 && version != IpVersion::v6) || (v6 && version != IpVersion::v4);
}

std::size_t hash_digits(std::string_view algorithm) {
  static constexpr std::array<std::pair<std::string_view, std::size_t>, 6> kDigits{
      {{"MD5", 32},
       {"SHA-1", 40},
       {"SHA-256", 64},
       {"SHA-512", 128},
       {"SHA3-256", 64},
       {"SHA3-512", 128}}};
  const auto found =
      std::ranges::find(kDigits, algorithm, [](const auto& row) { return row.first; });
  return found == kDigits.end() ? 0 : found->second;
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

}  // namespace comity::stix
