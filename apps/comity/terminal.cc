#include "terminal.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace comity::cli {
namespace {

constexpr std::size_t kUsual = 80;
constexpr std::size_t kLeast = 40;
constexpr std::size_t kMost = 400;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

}  // namespace

std::size_t terminal_width() {
  std::size_t width = kUsual;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    width = size.ws_col;
  else if (const long columns = std::strtol(std::string(variable("COLUMNS")).c_str(), nullptr, 10);
           columns > 0)
    width = static_cast<std::size_t>(columns);
  return std::clamp(width, kLeast, kMost);
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = variable(name);
    if (value.empty()) continue;
    return value.ends_with("UTF-8") || value.ends_with("utf8") || value.ends_with("UTF8") ||
           value.ends_with("utf-8");
  }
  return false;
}

}  // namespace comity::cli
