#include "diagnosis.h"

#include "text.h"

namespace comity::cli {

Outcome Diagnosis::tell(const Context& context) const {
  context.print({{"healthy", problems_ == 0}, {"checks", checks_}},
                text_ + (problems_ == 0 ? "All is well.\n"
                                        : counted(problems_, "problem", "problems") + " found.\n"));
  return problems_ == 0 ? Outcome::ok : Outcome::failed_check;
}

void Diagnosis::add(const std::string& what, const std::string& how, const std::string& says,
                    const std::string& todo) {
  checks_.push_back({{"what", what},
                     {"result", how == "PROBLEM" ? "problem" : how},
                     {"detail", says},
                     {"todo", todo}});
  std::string head = how;
  head.resize(9, ' ');
  text_ += wrapped(what + ": " + printable(says), 11, head + "  ");
  if (!todo.empty()) text_ += wrapped(todo, 14, "           -> ");
}

}  // namespace comity::cli
