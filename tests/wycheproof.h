#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace comity {

/// One line of tests/vectors/wycheproof/*.txt.
struct WycheproofCase {
  int number = 0;
  bool valid = false;
  Bytes key;
  Bytes message;
  Bytes signature;
};

inline std::vector<WycheproofCase> read_wycheproof(const std::string& name) {
  std::ifstream file(COMITY_SOURCE_DIR "/tests/vectors/wycheproof/" + name);
  std::vector<WycheproofCase> cases;
  const auto bytes = [](const std::string& hex) {
    return hex == "-" ? Bytes() : from_hex(hex).value();
  };
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    int number = 0;
    std::string result, key, message, signature;
    fields >> number >> result >> key >> message >> signature;
    cases.push_back({number, result == "valid", bytes(key), bytes(message), bytes(signature)});
  }
  return cases;
}

}  // namespace comity
