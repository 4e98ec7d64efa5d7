#include "views/registration.h"

#include <memory>
#include <utility>

namespace comity::views {

Result<filing::CheckedFiling> Registration::check(std::string_view bytes) const {
  codec::JsonReader reader;
  return filing::check(to_bytes(bytes), parts_.registry.find_key(), reader);
}

Result<void> Registration::submit(std::string_view bytes, const log::Sequencer::Answer& answer) {
  auto& sequencer = parts_.registry.sequencer();
  auto checked = check(bytes);
  if (checked) return sequencer.submit(std::move(*checked), answer);
  // A control statement comes bare; a filing's that does lacks its content.
  if (checked.error().code() != "filing-content-missing")
    return std::unexpected<Error>(std::move(checked).error());
  auto control = filing::check_control(to_bytes(bytes), parts_.registry.find_key());
  if (!control)
    return std::unexpected<Error>(control.error().code() == "statement-not-control"
                                      ? std::move(checked).error()
                                      : std::move(control).error());
  return sequencer.submit(log::ControlRequest{std::move(*control), std::nullopt}, answer);
}

void Registration::file(std::string_view bytes, Done done) {
  // Shared by the answer and by the case that there will be none.
  const auto told = std::make_shared<const Done>(std::move(done));
  const auto answer = [this, told](const Result<log::Registered>& result) {
    parts_.post([this, told, result]() -> void {
      if (!result) return (*told)(std::unexpected<Error>(result.error()));
      auto receipt = parts_.receipts.issue(
          {.head = result->head, .checkpoint_note = result->checkpoint_note, .time = result->time},
          result->index);
      if (!receipt) return (*told)(std::unexpected<Error>(std::move(receipt).error()));
      (*told)(Filed{*result, std::move(*receipt)});
    });
  };
  if (auto submitted = submit(bytes, answer); !submitted)
    (*told)(std::unexpected<Error>(std::move(submitted).error()));
}

}  // namespace comity::views
