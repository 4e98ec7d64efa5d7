// The program that kill_test kills: kill_writer DIRECTORY ROUND. Opens the registry there and files
// from several threads until it is killed. What was answered is a line on standard output, written
// at once and whole:
//
//     filed INDEX STATEMENT-KEY NUMBER CHECKPOINT-NOTE    (key in hexadecimal, note in base64)
//     erased ENTRY ORDINAL
//
// Any failure ends it with a sentence on standard error.

#include <cstdlib>
#include <deque>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "filing/envelope.h"

#include "tests/crash/kill_plan.h"
#include "tests/registry/filer.h"

namespace comity::crash {
namespace {

using samples::Filer;

[[noreturn]] void end(const std::string& why) {
  fmt::print(stderr, "kill_writer: {}\n", why);
  std::_Exit(EXIT_FAILURE);
}

template <class T>
T must(Result<T> result) {
  if (!result) end(result.error().code() + ": " + result.error().sentence());
  return std::move(*result);
}

/// A pipe takes up to 4,096 bytes at once, or none.
void say(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
    end("nobody listens");
}

struct Answered {
  std::uint64_t index = 0;
  int number = 0;
};

class Writer {
 public:
  Writer(const std::string& directory, int round)
      : round_(round),
        files_(must(open_directory(directory))),
        registry_(must(log::Registry::open(
            {*files_, directory}, std::string(samples::kOrigin),
            {samples::key(8), samples::key(9, crypto::Algorithm::es256), samples::key(1)},
            clock_))),
        registrar_(must(registry_->state().standing()).charter->registrar) {}

  [[noreturn]] void run() {
    std::vector<std::thread> threads;
    for (int filer = 0; filer < kFilers; ++filer)
      threads.emplace_back([this, filer] { file_on(filer); });
    control_on();
  }

 private:
  [[noreturn]] void file_on(int filer) {
    const std::string party = samples::party(kFirstFiler + filer);
    const auto signer = samples::key(static_cast<std::uint8_t>(kFirstFiler + filer));
    Filer sender(*registry_, clock_);
    for (int i = 0;; ++i) {
      if (i >= kHiddenAfter) end("all numbers are used up");
      const int number = round_ * kNumbersOfRound + filer * kNumbersOfFiler + i;
      auto signed_filing =
          must(filing::sign_filing(items_of(number), sender.claims_of(party), signer));
      const auto envelope = must(filing::parse_envelope(signed_filing.filing));
      const auto key = must(filing::parse_statement(envelope.entry())).key;
      const auto registered = must(sender.send(std::move(signed_filing.filing)));
      say(fmt::format("filed {} {} {} {}\n", registered.index, to_hex(key.view()), number,
                      to_base64(as_bytes(registered.checkpoint_note))));
      if (i % 7 == 0) must(registry_->receipt(registered));
      const std::scoped_lock lock(mutex_);
      answered_.push_back({registered.index, number});
    }
  }

  std::optional<Answered> next_answered() {
    const std::scoped_lock lock(mutex_);
    if (answered_.empty()) return std::nullopt;
    const Answered next = answered_.front();
    answered_.pop_front();
    return next;
  }

  void erase(const filing::ItemPlace& place) {
    must(Filer(*registry_, clock_).control(filing::Erase{place, "privacy", "test"}, registrar_));
    say(fmt::format("erased {} {}\n", place.entry, place.ordinal));
  }

  /// Discloses and erases some of what was answered.
  [[noreturn]] void control_on() {
    Filer sender(*registry_, clock_);
    for (;;) {
      const auto next = next_answered();
      if (!next) {
        std::this_thread::yield();
        continue;
      }
      const filing::ItemPlace hidden{next->index, 1};
      if (has_hidden(next->number) && next->number % 2 == 0)
        must(sender.control(
            filing::Disclose{hidden, "note--" + samples::uuid(next->number + kHiddenAfter),
                             must(parse_timestamp(samples::kTime))},
            registrar_));
      if (has_hidden(next->number) && next->number % 4 < 2) erase(hidden);
      if (next->number % 8 == 1) erase({next->index, 0});
    }
  }

  int round_;
  SystemClock clock_;
  std::unique_ptr<Files> files_;
  std::unique_ptr<log::Registry> registry_;
  std::string registrar_;
  std::mutex mutex_;
  std::deque<Answered> answered_;
};

}  // namespace
}  // namespace comity::crash

int main(int argc, char** argv) {
  if (argc != 3) comity::crash::end("usage: kill_writer DIRECTORY ROUND");
  comity::crash::Writer(argv[1], std::atoi(argv[2])).run();
}
