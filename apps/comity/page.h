#pragma once

#include <string>

#include "context.h"

namespace comity::cli {

/// A page for a person, and the same for programs.
struct Page {
  std::string text;
  Json json = Json::object();
};

}  // namespace comity::cli
