#include "stix/language_tag.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <span>

#include "stix/ascii.h"

namespace comity::stix {
namespace {

constexpr bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool letters(std::string_view text) { return std::ranges::all_of(text, is_letter); }

/// The language subtags of two letters in the IANA registry.
constexpr std::string_view kTwoLetters =
    "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfo"
    "fr"
    "fygagdglgngugvhahehihohrhthuhyhziaidieigiiikinioisitiuiwjajijvjwkakgkikjkkklkmknkokrkskukvkwky"
    "la"
    "lblglilnloltlulvmgmhmimkmlmnmomrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsa"
    "sc"
    "sdsesgshsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu";

/// Tags that were registered whole before the grammar was (section 2.2.8).
constexpr std::array<std::string_view, 26> kGrandfathered = {
    "en-gb-oed", "i-ami",     "i-bnn",     "i-default",  "i-enochian",  "i-hak",  "i-klingon",
    "i-lux",     "i-mingo",   "i-navajo",  "i-pwn",      "i-tao",       "i-tay",  "i-tsu",
    "sgn-be-fr", "sgn-be-nl", "sgn-ch-de", "art-lojban", "cel-gaulish", "no-bok", "no-nyn",
    "zh-guoyu",  "zh-hakka",  "zh-min",    "zh-min-nan", "zh-xiang"};

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_two_letter_language(std::string_view text) {
  for (std::size_t i = 0; i < kTwoLetters.size(); i += 2)
    if (same(kTwoLetters.substr(i, 2), text)) return true;
  return false;
}

/// Takes the subtags of a tag one after another.
class Subtags {
 public:
  explicit Subtags(std::string_view tag) : rest_(tag) { next(); }

  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] std::string_view here() const { return here_; }
  void next() {
    if (rest_.data() == nullptr) {
      done_ = true;
      here_ = {};
      return;
    }
    const std::size_t hyphen = rest_.find('-');
    here_ = rest_.substr(0, hyphen);
    rest_ = hyphen == std::string_view::npos ? std::string_view() : rest_.substr(hyphen + 1);
  }

 private:
  std::string_view rest_;
  std::string_view here_;
  bool done_ = false;
};

bool is_subtag(std::string_view text) {
  return !text.empty() && text.size() <= 8 && std::ranges::all_of(text, is_alphanumeric);
}

bool is_variant(std::string_view text) {
  return text.size() >= 5 || (text.size() == 4 && is_digit(text[0]));
}

/// Everything behind a singleton: for x to the end of the tag, else at least one subtag of two.
bool take_extensions(Subtags& tag) {
  std::bitset<128> seen;
  while (!tag.done()) {
    if (tag.here().size() != 1 || !is_subtag(tag.here())) return false;
    const char singleton = lower(tag.here()[0]);
    if (seen[static_cast<std::size_t>(singleton)]) return false;
    seen.set(static_cast<std::size_t>(singleton));
    const std::size_t shortest = singleton == 'x' ? 1 : 2;
    bool any = false;
    for (tag.next(); !tag.done() && tag.here().size() >= shortest; tag.next(), any = true)
      if (!is_subtag(tag.here())) return false;
    if (!any) return false;
  }
  return true;
}

}  // namespace

bool is_language_tag(std::string_view tag) {
  if (std::ranges::any_of(kGrandfathered, [&](auto known) { return same(known, tag); }))
    return true;
  if (tag.empty()) return false;
  Subtags tags(tag);
  const std::string_view language = tags.here();
  if (!is_subtag(language) || !letters(language)) return false;
  if (language.size() == 1) return lower(language[0]) == 'x' && take_extensions(tags);
  if (language.size() > 3 || (language.size() == 2 && !is_two_letter_language(language)))
    return false;
  tags.next();
  for (int i = 0; i < 3 && tags.here().size() == 3 && letters(tags.here()); ++i) tags.next();
  if (tags.here().size() == 4 && letters(tags.here())) tags.next();  // script
  const std::string_view region = tags.here();
  if ((region.size() == 2 && letters(region)) ||
      (region.size() == 3 && std::ranges::all_of(region, is_digit)))
    tags.next();
  std::array<std::string_view, 8> variants;
  for (std::size_t count = 0; is_variant(tags.here()); tags.next(), ++count) {
    if (!is_subtag(tags.here()) || count == variants.size()) return false;
    const auto before = std::span(variants).first(count);
    if (std::ranges::any_of(before, [&](auto other) { return same(other, tags.here()); }))
      return false;
    variants[count] = tags.here();
  }
  return take_extensions(tags);
}

}  // namespace comity::stix
