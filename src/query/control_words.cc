#include "query/control_words.h"

#include <variant>

#include <fmt/format.h>

namespace comity::query {
namespace {

template <class... Cases>
struct Match : Cases... {  // NOLINT(misc-multiple-inheritance): cases of std::visit
  using Cases::operator()...;
};

}  // namespace

std::string name_of(const filing::Control& control) {
  return std::visit(Match{[](const filing::Tick&) { return "tick"; },
                          [](const filing::Disclose&) { return "disclose"; },
                          [](const filing::Erase&) { return "erase"; },
                          [](const filing::Hold&) { return "hold"; },
                          [](const filing::ActivateRules&) { return "rules"; },
                          [](const filing::FileDigest&) { return "digest"; }},
                    control);
}

std::string describe(const filing::Control& control) {
  const auto place = [](const filing::ItemPlace& it) {
    return fmt::format("item {} of entry {}", it.ordinal, it.entry);
  };
  const auto because = [](const auto& it) {
    return fmt::format("ground: {}; authority: {}", it.ground, it.authority);
  };
  return std::visit(
      Match{
          [](const filing::Tick& it) { return "the log's time is " + to_rfc3339(it.time); },
          [&](const filing::Disclose& it) { return place(it.item) + " becomes public: " + it.id; },
          [&](const filing::Erase& it) { return place(it.item) + " is erased; " + because(it); },
          [&](const filing::Hold& it) {
            return place(it.item) + (it.on ? " is put on hold; " : " is released from hold; ") +
                   because(it);
          },
          [](const filing::ActivateRules& it) {
            return fmt::format("version {} of the rules is in force from here on", it.version);
          },
          [](const filing::FileDigest& it) {
            return fmt::format("the record of the first {} entries has the digest {}", it.size,
                               to_hex(it.digest.view()));
          }},
      control);
}

}  // namespace comity::query
