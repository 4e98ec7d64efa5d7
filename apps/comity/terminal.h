#pragma once

#include <cstddef>

namespace comity::cli {

/// Columns of the terminal that stdout is, of COLUMNS where it is none, else 80; 40 to 400.
[[nodiscard]] std::size_t terminal_width();

/// Whether the locale (LC_ALL, LC_CTYPE, LANG) writes UTF-8.
[[nodiscard]] bool locale_is_utf8();

}  // namespace comity::cli
