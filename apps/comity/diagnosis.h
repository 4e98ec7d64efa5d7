#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"

#include "context.h"

namespace comity::cli {

/// What `comity doctor` has looked at: each thing is well, or says what to do.
class Diagnosis {
 public:
  void well(const std::string& what, const std::string& says) { add(what, "ok", says, ""); }
  /// Not as usual, but no problem.
  void note(const std::string& what, const std::string& says, const std::string& todo) {
    add(what, "note", says, todo);
  }
  void ill(const std::string& what, const std::string& says, const std::string& todo) {
    add(what, "PROBLEM", says, todo);
    ++problems_;
  }
  void ill(const std::string& what, const Error& error) {
    ill(what, error.sentence() + " (" + error.code() + ")", "");
  }

  /// In order: objects with `what`, `result` (`ok`, `note`, `problem`), `detail` and `todo`.
  [[nodiscard]] const Json& checks() const { return checks_; }
  /// Prints all of it; a check that failed where there is a problem.
  [[nodiscard]] Outcome tell(const Context& context) const;

 private:
  void add(const std::string& what, const std::string& how, const std::string& says,
           const std::string& todo);

  Json checks_ = Json::array();
  std::string text_;
  std::uint64_t problems_ = 0;
};

}  // namespace comity::cli
