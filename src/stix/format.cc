#include "stix/format.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include <arpa/inet.h>

#include "stix/ascii.h"
#include "stix/character_set.h"
#include "stix/finding_code.h"
#include "stix/language_tag.h"

namespace comity::stix {
namespace {

constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool only(std::string_view text, bool (*allowed)(char)) {
  return !text.empty() && std::ranges::all_of(text, allowed);
}

/// A scheme, and something in the characters of RFC 3986 behind it, `%` only before two hex digits.
bool is_url(std::string_view text) {
  constexpr std::string_view kMarks = "-._~:/?#[]@!$&'()*+,;=";
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
  const std::string_view scheme = text.substr(0, colon);
  if (!is_letter(scheme[0])) return false;
  if (!std::ranges::all_of(scheme, [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
      }))
    return false;
  for (std::size_t i = colon + 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
    } else if (!is_letter(c) && !is_digit(c) && !kMarks.contains(c)) {
      return false;
    }
  }
  return true;
}

/// Labels of up to 63 octets, 253 in all, of letters, digits and hyphens (and the underscore of
/// service names), or of Unicode as IDNA allows it (U-labels).
bool is_domain_name(std::string_view text) {
  constexpr std::size_t kLongest = 253;
  constexpr std::size_t kLongestLabel = 63;
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() > kLongest) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (label.empty() || label.size() > kLongestLabel) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    if (!std::ranges::all_of(label, [](char c) {
          return is_letter(c) || is_digit(c) || c == '-' || c == '_' || !is_ascii(c);
        }))
      return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

/// An address, and a prefix length without a leading zero behind a slash where there is one.
bool is_address(std::string_view text, int family, unsigned bits) {
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view length = text.substr(slash + 1);
    if (length.empty() || length.size() > 3 || !only(length, is_digit)) return false;
    if (length.size() > 1 && length[0] == '0') return false;
    unsigned value = 0;
    for (const char c : length) value = 10 * value + static_cast<unsigned>(c - '0');
    if (value > bits) return false;
  }
  std::array<char, INET6_ADDRSTRLEN> address{};
  const std::string_view host = text.substr(0, slash);
  if (host.size() >= address.size() || host.contains('\0')) return false;
  std::ranges::copy(host, address.begin());
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return inet_pton(family, address.data(), parsed.data()) == 1;
}

bool is_mac(std::string_view text) {
  constexpr std::size_t kLength = 17;
  if (text.size() != kLength) return false;
  for (std::size_t i = 0; i < kLength; ++i) {
    const char c = text[i];
    if (i % 3 == 2 ? c != ':' : !is_digit(c) && (c < 'a' || c > 'f')) return false;
  }
  return true;
}

/// local@domain: a dot-atom or a quoted string before the last @, a domain or [address] behind it.
bool is_email(std::string_view text) {
  constexpr std::string_view kAtom = "!#$%&'*+-/=?^_`{|}~.";
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  if (local.size() >= 2 && local.front() == '"' && local.back() == '"') {
    for (std::size_t i = 1; i + 1 < local.size(); ++i) {
      if (local[i] == '"') return false;
      if (local[i] != '\\') continue;
      ++i;  // the next one is quoted
      if (i + 1 >= local.size()) return false;
    }
  } else {
    if (local.front() == '.' || local.back() == '.' || local.contains("..")) return false;
    if (!std::ranges::all_of(local, [&](char c) {
          return is_letter(c) || is_digit(c) || !is_ascii(c) || kAtom.contains(c);
        }))
      return false;
  }
  if (domain.starts_with('[')) return domain.size() > 2 && domain.ends_with(']');
  return is_domain_name(domain);
}

bool is_media_type(std::string_view text) {
  constexpr std::array<std::string_view, 10> kTop = {"application", "audio",   "font",  "haptics",
                                                     "image",       "message", "model", "multipart",
                                                     "text",        "video"};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  if (std::ranges::find(kTop, text.substr(0, slash)) == kTop.end()) return false;
  const std::string_view subtype = text.substr(slash + 1);
  if (subtype.starts_with("x-") || subtype.starts_with("X-")) return false;  // not registered
  return only(subtype, [](char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '+' || c == '-' || c == '_' ||
           c == '!' || c == '#' || c == '$' || c == '&' || c == '^';
  });
}

/// "cpe:2.3:" and eleven components, of which the first is a, o, h, * or -; a colon within a
/// component is written with a backslash (NISTIR 7695 section 6.2).
bool is_cpe(std::string_view text) {
  constexpr std::string_view kPrefix = "cpe:2.3:";
  constexpr int kComponents = 11;
  constexpr std::string_view kPart = "aoh*-";
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  if (text.size() < 2 || !kPart.contains(text[0]) || text[1] != ':') return false;
  int components = 1;
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); ++i, ++length) {
    const char c = text[i];
    if (c <= ' ' || !is_ascii(c)) return false;
    if (c == '\\' && ++i == text.size()) return false;
    if (c != ':') continue;
    if (length == 0 || ++components > kComponents) return false;
    length = static_cast<std::size_t>(-1);  // the loop makes it 0
  }
  return components == kComponents && length != 0;
}

/// Whether a key doesn't begin with a hive's abbreviation.
bool is_registry_key(std::string_view text) {
  constexpr std::array<std::string_view, 6> kShort = {"hklm", "hkcu", "hkcr",
                                                      "hku",  "hkcc", "hkpd"};
  std::string hive(text.substr(0, std::min(text.find('\\'), std::size_t{8})));
  std::ranges::transform(hive, hive.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  });
  return std::ranges::find(kShort, hive) == kShort.end();
}

bool is_property_name(std::string_view text) {
  return text.size() >= 3 && text.size() <= 250 && (is_lower(text[0])) &&
         only(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

/// Lower case, hyphens between words.
bool is_plain_word(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return (c >= 'A' && c <= 'Z') || c == ' ' || c == '_'; });
}

bool is_protocol(std::string_view text) {
  return only(text, [](char c) {
    return is_lower(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '+' || c == '/';
  });
}

bool is_country(std::string_view text) {
  constexpr std::string_view kCodes =
      "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCL"
      "CMCN"
      "COCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGY"
      "HKHM"
      "HNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMG"
      "MHMK"
      "MLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORS"
      "RURW"
      "SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVE"
      "VGVI"
      "VNVUWFWSYEYTZAZMZW";
  if (text.size() != 2 || !is_letter(text[0]) || !is_letter(text[1])) return false;
  for (std::size_t i = 0; i < kCodes.size(); i += 2)
    if (kCodes[i] == (text[0] & ~0x20) && kCodes[i + 1] == (text[1] & ~0x20)) return true;
  return false;
}

/// Whether no word is encoded as RFC 2047 section 2 has it: =?charset?Q?text?= (or B).
bool is_decoded(std::string_view text) {
  for (std::size_t at = text.find("=?"); at != std::string_view::npos;) {
    const std::size_t charset = at + 2;
    const std::size_t mark = text.find('?', charset);
    if (mark == std::string_view::npos) return true;
    const bool encoding = mark + 2 < text.size() && text[mark + 2] == '?' &&
                          std::string_view("QqBb").contains(text[mark + 1]);
    if (mark > charset && encoding) return text.find("?=", mark + 3) == std::string_view::npos;
    at = text.find("=?", mark);
  }
  return true;
}

struct FormatRow {
  FormatRule rule;
  bool (*fits)(std::string_view);
};

constexpr Level kE = Level::error;
constexpr Level kW = Level::warning;

/// In the order of `Format`.
constexpr std::array<FormatRow, 20> kFormatRows = {{
    {{kE, "", "", ""}, [](std::string_view) { return true; }},
    {{kE, code::kFormat, "",
      "It must be a language tag of RFC 5646, such as en, pt-BR or zh-Hant."},
     is_language_tag},
    {{kE, code::kFormat, "",
      "It must be a URL (RFC 3986) such as https://example.com/a, other "
      "characters than its own as %XX."},
     is_url},
    {{kE, code::kFormat, "",
      "It must be a domain name (RFC 1034, RFC 5890): labels of letters, "
      "digits and hyphens between single dots."},
     is_domain_name},
    {{kE, code::kFormat, "", "It must be an IPv4 address or a block such as 198.51.100.0/24."},
     [](std::string_view text) { return is_address(text, AF_INET, 32); }},
    {{kE, code::kFormat, "", "It must be an IPv6 address or a block such as 2001:db8::/32."},
     [](std::string_view text) { return is_address(text, AF_INET6, 128); }},
    {{kE, code::kFormat, "", "It must be a MAC address such as 00:00:ab:cd:ef:01, in lower case."},
     is_mac},
    {{kE, code::kFormat, "",
      "It must be an email address alone, such as jane@example.com, without "
      "a display name."},
     is_email},
    {{kE, code::kFormat, "", "It must have only a-z, 0-9 and hyphens."},
     [](std::string_view text) {
       return only(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
     }},
    {{kW, code::kFormatAdvice, "",
      "It should be a media type of the IANA registry, such as "
      "image/png."},
     is_media_type},
    {{kE, code::kFormat, "",
      "It must be the preferred name of a character set in the IANA registry, such as "
      "windows-1252."},
     is_character_set},
    {{kE, code::kFormat, "",
      "It must be a CPE 2.3 name, such as "
      "cpe:2.3:a:example:word:2000:*:*:*:*:*:*:*."},
     is_cpe},
    {{kE, code::kFormat, "", "The hive must be written out: HKEY_LOCAL_MACHINE, not HKLM."},
     is_registry_key},
    {{kE, code::kPropertyName, "7.3.2.1",
      "It must be a name of 3 to 250 of a-z, 0-9 and underscore, "
      "a letter first."},
     is_property_name},
    {{kW, code::kFormatAdvice, "2.11", "It should be in lower case with hyphens between words."},
     is_plain_word},
    {{kW, code::kFormatAdvice, "", "It should be in lower case with hyphens between words."},
     is_plain_word},
    {{kW, code::kFormatAdvice, "",
      "It should be a service name of the IANA registry, in lower case."},
     is_protocol},
    {{kW, code::kFormatAdvice, "", "It should end in _CLASS."},
     [](std::string_view text) { return text.ends_with("_CLASS"); }},
    {{kW, code::kFormatAdvice, "", "It should be a country code of ISO 3166-1 in two letters."},
     is_country},
    {{kE, code::kFormat, "6.6", "Encoded words (RFC 2047) must be decoded before."}, is_decoded},
}};

}  // namespace

const FormatRule& rule_of(Format format) {
  return kFormatRows[static_cast<std::size_t>(format)].rule;
}

bool fits(Format format, std::string_view text) {
  return kFormatRows[static_cast<std::size_t>(format)].fits(text);
}

}  // namespace comity::stix
