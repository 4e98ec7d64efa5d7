#include "passphrases.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "crypto/secret.h"

namespace comity::cli {
namespace {

constexpr std::size_t kPassphraseBytes = 4096;

/// A terminal that doesn't show what is typed, as long as this lives.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    if (tcgetattr(terminal_, &before_) != 0) return;
    struct termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    on_ = tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
  }
  ~Silence() {
    if (on_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  int terminal_;
  struct termios before_{};
  bool on_ = false;
};

/// Up to the first newline or the end.
Result<std::string> read_line(const Descriptor& from, const std::string& what) {
  std::string line;
  line.reserve(kPassphraseBytes);  // so that no copy is left behind by growing
  std::array<char, 1> c{};
  while (line.size() < kPassphraseBytes) {
    const ssize_t got = ::read(from.number(), c.data(), 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail("Reading " + what, errno);
    if (got == 0 || c[0] == '\n') return line;
    line += c[0];
  }
  crypto::wipe(line);
  return refuse("passphrase-missing",
                "The first line of " + what + " is longer than 4,096 bytes; shorten it.");
}

void say(const Descriptor& terminal, const std::string& text) {
  [[maybe_unused]] const auto written = ::write(terminal.number(), text.data(), text.size());
}

}  // namespace

Passphrases::~Passphrases() {
  for (auto& it : known_) crypto::wipe(it);
}

Result<std::string> Passphrases::read(const std::string& prompt) {
  if (!file.empty()) {
    const Descriptor input(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (input.number() < 0)
      return refuse("passphrase-missing",
                    "The passphrase file " + file + " can't be opened; name one that can.");
    return read_line(input, file);
  }
  const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (terminal.number() < 0)
    return refuse("passphrase-missing",
                  "A passphrase is needed and there is no terminal to ask on; give "
                  "--passphrase-file FILE or set COMITY_PASSPHRASE_FILE.");
  const Silence silence(terminal.number());
  say(terminal, prompt + ": ");
  auto line = read_line(terminal, "the terminal");
  say(terminal, "\n");
  return line;
}

void Passphrases::keep(const std::string& passphrase) {
  if (std::find(known_.begin(), known_.end(), passphrase) == known_.end())
    known_.insert(known_.begin(), passphrase);
}

Result<std::string> Passphrases::ask(const std::string& what) {
  COMITY_TRY(auto passphrase, read("Passphrase of " + what));
  keep(passphrase);
  return passphrase;
}

Result<std::string> Passphrases::choose(const std::string& what) {
  COMITY_TRY(auto passphrase, read("New passphrase for " + what));
  if (passphrase.empty())
    return refuse("passphrase-missing",
                  "An empty passphrase protects nothing; choose one, or keep the key in the clear "
                  "with --plain (the file's mode is 0600).");
  if (file.empty()) {
    COMITY_TRY(auto again, read("The same again"));
    const bool same = again == passphrase;
    crypto::wipe(again);
    if (!same) {
      crypto::wipe(passphrase);
      return refuse("passphrase-differs", "The two passphrases differ; nothing was written.");
    }
  }
  keep(passphrase);
  return passphrase;
}

}  // namespace comity::cli
