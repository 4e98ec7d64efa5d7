#include "views/registration.h"

#include <memory>
#include <utility>

namespace comity::views {
namespace {

/// Whether it takes content from the public.
bool takes_away(const filing::Control& control) {
  const auto* hold = std::get_if<filing::Hold>(&control);
  return std::holds_alternative<filing::Erase>(control) || (hold != nullptr && hold->on);
}

}  // namespace

Result<filing::CheckedFiling> Registration::check(std::string_view bytes) const {
  codec::JsonReader reader;
  return filing::check(to_bytes(bytes), parts_.registry.find_key(), reader);
}

Result<Registration::Checked> Registration::read(std::string_view bytes) const {
  auto checked = check(bytes);
  if (checked) {
    parts_.verified.add(checked->leaf());
    return std::move(*checked);
  }
  // A control statement comes bare; a filing's that does lacks its content.
  if (checked.error().code() != "filing-content-missing")
    return std::unexpected<Error>(std::move(checked).error());
  auto control = filing::check_control(to_bytes(bytes), parts_.registry.find_key());
  if (!control)
    return std::unexpected<Error>(control.error().code() == "statement-not-control"
                                      ? std::move(checked).error()
                                      : std::move(control).error());
  return log::ControlRequest{std::move(*control), std::nullopt};
}

void Registration::file(std::string_view bytes, Done done) {
  auto checked = read(bytes);
  if (!checked) return done(std::unexpected<Error>(std::move(checked).error()));
  const auto* control = std::get_if<log::ControlRequest>(&*checked);
  const bool withholds = control != nullptr && takes_away(control->control.control());
  // Shared by the answer and by the case that there will be none.
  const auto told = std::make_shared<const Done>(std::move(done));
  const auto answer = [this, told, withholds](const Result<log::Registered>& result) {
    parts_.post([this, told, withholds, result]() -> void {
      if (!result) return (*told)(std::unexpected<Error>(result.error()));
      if (withholds) parts_.withhold(result->index + 1);
      auto receipt = parts_.receipts.issue(
          {.head = result->head, .checkpoint_note = result->checkpoint_note, .time = result->time},
          result->index);
      if (!receipt) return (*told)(std::unexpected<Error>(std::move(receipt).error()));
      (*told)(Filed{*result, std::move(*receipt)});
    });
  };
  auto& sequencer = parts_.registry.sequencer();
  const auto submit = [&](auto& it) { return sequencer.submit(std::move(it), answer); };
  if (auto submitted = std::visit(submit, *checked); !submitted)
    (*told)(std::unexpected<Error>(std::move(submitted).error()));
}

}  // namespace comity::views
