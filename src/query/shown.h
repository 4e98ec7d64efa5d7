#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// Which versions are shown, and which of them are counted and found: conditions in SQL about a
/// `version v`, as of the size ?1.
namespace comity::query {

/// It is the one to show of its object. It may be revoked, and its content may be on hold.
inline constexpr std::string_view kShown = "v.since < ?1 AND v.until >= ?1";

/// Its content is not on hold, as of whatever size.
inline constexpr char kNotHeldText[] =
    "NOT EXISTS (SELECT 1 FROM hold h WHERE h.entry = v.entry AND h.ordinal = v.ordinal) AND "
    "NOT EXISTS (SELECT 1 FROM disclosure d JOIN hold h ON h.entry = d.entry AND "
    "h.ordinal = d.ordinal WHERE d.disclosed_by = v.entry)";
inline constexpr std::string_view kNotHeld = kNotHeldText;

/// One text of two, without the zero at the end.
template <std::size_t kFirst, std::size_t kSecond>
consteval auto joined(const char (&first)[kFirst], const char (&second)[kSecond]) {
  std::array<char, kFirst + kSecond - 2> text{};
  std::copy_n(second, kSecond - 1, std::copy_n(first, kFirst - 1, text.begin()));
  return text;
}
inline constexpr auto kCountedText =
    joined("v.since < ?1 AND v.until >= ?1 AND v.revoked = 0 AND ", kNotHeldText);
inline constexpr auto kIsShownText =
    joined("v.since < ?2 AND v.until >= ?2 AND v.revoked = 0 AND ", kNotHeldText);

/// It is shown, and neither revoked nor on hold. What is on hold is counted nowhere: a count could
/// tell what it says.
inline constexpr std::string_view kCounted(kCountedText.data(), kCountedText.size());
/// The same with the size as ?2, as the parts of a search ask.
inline constexpr std::string_view kIsShown(kIsShownText.data(), kIsShownText.size());

}  // namespace comity::query
