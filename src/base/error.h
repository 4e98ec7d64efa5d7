#pragma once

#include <expected>
#include <string>
#include <utility>
#include <variant>

namespace comity {

/// What came in is bad. Deterministic: the same input is refused with the same code for ever.
///
/// `code` is stable, lower-case words joined by hyphens, and listed in
/// `docs/reference/refusals.md`; a test compares that page with every `refuse("...")` in `src/`.
/// `sentence` says what is wrong and what to do, for a person; it may change between releases.
struct Refusal {
  std::string code;
  std::string sentence;

  bool operator==(const Refusal&) const = default;
};

/// Our disk, database or network failed. Nothing was decided about the input; a retry is safe.
///
/// `error_number` is an `errno` value, or 0 where the cause has none.
struct Fault {
  std::string sentence;
  int error_number = 0;

  bool operator==(const Fault&) const = default;
};

/// Either a refusal or a fault, never both: whose failure it is decides what the caller does.
class [[nodiscard]] Error {
 public:
  Error(Refusal refusal) : what_(std::move(refusal)) {}
  Error(Fault fault) : what_(std::move(fault)) {}

  [[nodiscard]] const Refusal* refusal() const { return std::get_if<Refusal>(&what_); }
  [[nodiscard]] const Fault* fault() const { return std::get_if<Fault>(&what_); }

  /// The code of the refusal, or "fault".
  [[nodiscard]] std::string code() const;
  /// One line for a person: the sentence, and for a fault what the system said.
  [[nodiscard]] std::string sentence() const;

  bool operator==(const Error&) const = default;

 private:
  std::variant<Refusal, Fault> what_;
};

template <class T>
using Result = std::expected<T, Error>;

/// Makes the unexpected value of a `Result`. `code` must be a string literal in the source, so
/// that the test of the refusal table can find it.
[[nodiscard]] std::unexpected<Error> refuse(std::string code, std::string sentence);

/// Makes a fault; `error_number` is the `errno` that the failed call left.
[[nodiscard]] std::unexpected<Error> fail(std::string sentence, int error_number = 0);

/// What is refused of files of our own is no refusal of what came in: the same sentence as a fault.
[[nodiscard]] std::unexpected<Error> as_fault(const Error& error);

/// Ends the process after naming the broken assumption. Use `COMITY_ASSERT`.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace comity

/// A bug if it doesn't hold: on in every build, never reachable from input.
#define COMITY_ASSERT(condition) \
  ((condition) ? void(0) : ::comity::assertion_failed(#condition, __FILE__, __LINE__))

#define COMITY_CONCAT_(a, b) a##b
#define COMITY_CONCAT(a, b) COMITY_CONCAT_(a, b)

/// `COMITY_TRY(auto x, f());` declares x from the value of f(), or returns f()'s error.
#define COMITY_TRY(declaration, expression) \
  COMITY_TRY_(COMITY_CONCAT(comity_result_, __COUNTER__), declaration, expression)
#define COMITY_TRY_(result, declaration, expression)                               \
  auto result = (expression);                                                      \
  if (!result) return std::unexpected<::comity::Error>(std::move(result).error()); \
  declaration = std::move(result).value()

/// `COMITY_CHECK(f());` returns f()'s error if it has one; for `Result<void>`.
#define COMITY_CHECK(expression)                                                 \
  do {                                                                           \
    if (auto comity_check_ = (expression); !comity_check_)                       \
      return std::unexpected<::comity::Error>(std::move(comity_check_).error()); \
  } while (false)
