#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::codec {

enum class TextEncoding : std::uint8_t { kUtf8, kUtf16Le, kUtf16Be, kWindows1252 };

/// The encoding that a byte order mark at the start names, and how many bytes the mark has; UTF-8
/// and none where there is no mark.
struct ByteOrderMark {
  TextEncoding encoding = TextEncoding::kUtf8;
  std::size_t size = 0;
};
[[nodiscard]] ByteOrderMark byte_order_mark(ByteView start);

/// Turns pieces of a text into UTF-8 by iconv(3), keeping a character that a piece cuts in two.
/// UTF-8 itself is passed through unchecked: who reads the text knows better where it breaks.
class TextDecoder {
 public:
  [[nodiscard]] static Result<TextDecoder> of(TextEncoding encoding);
  TextDecoder(TextDecoder&& other) noexcept;
  TextDecoder& operator=(TextDecoder&& other) noexcept;
  ~TextDecoder();

  /// Appends the piece to `text`. Refuses `text-encoding` where bytes are no character.
  Result<void> decode(ByteView piece, std::string& text);
  /// Refuses `text-encoding` where the last character is cut off.
  [[nodiscard]] Result<void> finish() const;

 private:
  explicit TextDecoder(void* converter) : converter_(converter) {}

  void* converter_;  ///< an iconv_t, or null for UTF-8
  std::string rest_;
};

}  // namespace comity::codec
