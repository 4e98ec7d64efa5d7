#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace comity::cli {

/// Where passphrases come from: the first line of a file, or the terminal, without echo. Keeps what
/// was typed, so that the keys of one registry are asked for once; wiped when this goes.
class Passphrases {
 public:
  std::string file;  ///< "" = ask on the terminal

  Passphrases() = default;
  ~Passphrases();
  Passphrases(const Passphrases&) = delete;
  Passphrases& operator=(const Passphrases&) = delete;

  /// The one for a new key; asked for twice. Refuses `passphrase-missing` where nobody can be asked
  /// or nothing was typed, and `passphrase-differs`.
  [[nodiscard]] Result<std::string> choose(const std::string& what);
  /// Asks for the one that opens `what`. Refuses `passphrase-missing`.
  [[nodiscard]] Result<std::string> ask(const std::string& what);
  /// Those that were typed or read already, the last first.
  [[nodiscard]] const std::vector<std::string>& known() const { return known_; }

 private:
  [[nodiscard]] Result<std::string> read(const std::string& prompt);
  void keep(const std::string& passphrase);

  std::vector<std::string> known_;
};

}  // namespace comity::cli
