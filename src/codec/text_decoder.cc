#include "codec/text_decoder.h"

#include <array>
#include <cerrno>
#include <utility>

#include <iconv.h>

namespace comity::codec {
namespace {

const char* name_of(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf16Le:
      return "UTF-16LE";
    case TextEncoding::kUtf16Be:
      return "UTF-16BE";
    case TextEncoding::kWindows1252:
      return "WINDOWS-1252";
    case TextEncoding::kUtf8:
      break;
  }
  return "UTF-8";
}

std::unexpected<Error> broken() {
  return refuse("text-encoding",
                "The file has bytes that are no character of its encoding; save it as UTF-8.");
}

}  // namespace

ByteOrderMark byte_order_mark(ByteView start) {
  const std::string_view text = as_text(start);
  if (text.starts_with("\xEF\xBB\xBF")) return {TextEncoding::kUtf8, 3};
  if (text.starts_with("\xFF\xFE")) return {TextEncoding::kUtf16Le, 2};
  if (text.starts_with("\xFE\xFF")) return {TextEncoding::kUtf16Be, 2};
  return {};
}

Result<TextDecoder> TextDecoder::of(TextEncoding encoding) {
  if (encoding == TextEncoding::kUtf8) return TextDecoder(nullptr);
  iconv_t converter = iconv_open("UTF-8", name_of(encoding));
  // iconv_open(3) says failure by the value -1, and has no null.
  if (reinterpret_cast<std::intptr_t>(converter) == -1)
    return fail("This system can't convert text (iconv)", errno);
  return TextDecoder(converter);
}

TextDecoder::TextDecoder(TextDecoder&& other) noexcept
    : converter_(std::exchange(other.converter_, nullptr)), rest_(std::move(other.rest_)) {}

TextDecoder& TextDecoder::operator=(TextDecoder&& other) noexcept {
  std::swap(converter_, other.converter_);
  std::swap(rest_, other.rest_);
  return *this;
}

TextDecoder::~TextDecoder() {
  if (converter_ != nullptr) iconv_close(converter_);
}

Result<void> TextDecoder::decode(ByteView piece, std::string& text) {
  if (converter_ == nullptr) {
    text += as_text(piece);
    return {};
  }
  rest_ += as_text(piece);
  char* in = rest_.data();
  std::size_t left = rest_.size();
  std::array<char, 16384> buffer;
  while (left > 0) {
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done = iconv(converter_, &in, &left, &out, &room);
    const int error = errno;
    text.append(buffer.data(), buffer.size() - room);
    if (done != static_cast<std::size_t>(-1)) break;
    if (error == EINVAL) break;  // a character that goes on in the next piece
    if (error != E2BIG) return broken();
  }
  rest_.erase(0, rest_.size() - left);
  return {};
}

Result<void> TextDecoder::finish() const {
  if (!rest_.empty()) return broken();
  return {};
}

}  // namespace comity::codec
