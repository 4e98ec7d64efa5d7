#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace comity::testing {

/// Holds `bytes` against tests/golden/<path>; with COMITY_UPDATE_GOLDEN=1 writes the file instead,
/// for a person to review as a diff.
inline void expect_golden(std::string_view path, ByteView bytes) {
  const auto file = std::filesystem::path(COMITY_SOURCE_DIR) / "tests/golden" / path;
  if (std::getenv("COMITY_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out.write(as_text(bytes).data(), static_cast<std::streamsize>(bytes.size()));
    return;
  }
  std::ifstream in(file, std::ios::binary);
  ASSERT_TRUE(in) << file << " is missing; write it with COMITY_UPDATE_GOLDEN=1";
  const std::string golden{std::istreambuf_iterator<char>(in), {}};
  EXPECT_TRUE(equal(as_bytes(golden), bytes))
      << file << " differs; the format is frozen, so mend the code (or, for a format that is not "
      << "yet in any release, review a rewrite with COMITY_UPDATE_GOLDEN=1)";
}

inline void expect_golden(std::string_view path, std::string_view text) {
  expect_golden(path, as_bytes(text));
}

}  // namespace comity::testing
