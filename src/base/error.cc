#include "base/error.h"

#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace comity {

std::string Error::code() const {
  if (const auto* r = refusal()) return r->code;
  return "fault";
}

std::string Error::sentence() const {
  if (const auto* r = refusal()) return r->sentence;
  const Fault& f = *fault();
  if (f.error_number == 0) return f.sentence;
  return f.sentence + ": " + std::generic_category().message(f.error_number);
}

std::unexpected<Error> refuse(std::string code, std::string sentence) {
  return std::unexpected<Error>(Refusal{std::move(code), std::move(sentence)});
}

std::unexpected<Error> fail(std::string sentence, int error_number) {
  return std::unexpected<Error>(Fault{std::move(sentence), error_number});
}

std::unexpected<Error> as_fault(const Error& error) {
  if (const Refusal* refusal = error.refusal()) return fail(refusal->sentence);
  return std::unexpected(error);
}

void assertion_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "comity: a bug: %s does not hold at %s:%d\n", expression, file, line);
  std::abort();
}

}  // namespace comity
