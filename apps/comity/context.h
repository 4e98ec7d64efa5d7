#pragma once

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "base/error.h"

#include "passphrases.h"
#include "progress.h"

namespace comity::cli {

using Json = nlohmann::ordered_json;

/// How a verb ended when nothing was refused and nothing failed.
enum class Outcome : int {
  ok = 0,
  failed_check = 1,  ///< an audit or verification found something
};

/// What all verbs share: the global options, and the verb that the command line chose.
struct Context {
  bool json = false;
  bool quiet = false;  ///< no progress
  Passphrases passphrases;
  std::function<Result<Outcome>()> chosen;

  [[nodiscard]] Progress::Shown progress() const {
    return quiet ? Progress::Shown::never : Progress::Shown::if_terminal;
  }
  /// Prints a result: the JSON in one line with --json, else the text.
  void print(const Json& json_form, const std::string& text) const;
};

}  // namespace comity::cli
