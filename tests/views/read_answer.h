#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "views/message.h"

namespace comity::views {

using Json = nlohmann::json;

/// An answer, and its body read.
struct ReadAnswer {
  unsigned status = 0;
  Fields fields;
  std::string text;
  Json json;

  [[nodiscard]] std::string field(std::string_view name) const {
    return std::string(fields.find(name).value_or(""));
  }
};

}  // namespace comity::views
