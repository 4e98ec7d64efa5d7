#include "rules/admit.h"

#include <string>
#include <utility>

#include "crypto/merkle.h"
#include "rules/control_effect.h"
#include "rules/founding.h"
#include "rules/governance.h"
#include "rules/signer.h"
#include "rules/versions.h"

namespace comity::rules {
namespace {

/// Whether the statement stands in the log already; refused under another signature.
Result<std::optional<AlreadyFiled>> find_filed(const filing::StatementKey& key,
                                               const crypto::LeafHash& leaf, const State& state) {
  COMITY_TRY(const auto filed, state.statement(key));
  if (!filed) return std::nullopt;
  if (filed->leaf != leaf)
    return refuse("statement-resigned",
                  "The same statement stands in the log under another signature, as entry " +
                      std::to_string(filed->index) + "; nothing needs to be filed again.");
  return AlreadyFiled{filed->index};
}

Result<Standing> founded_standing(const State& state) {
  COMITY_TRY(auto standing, state.standing());
  if (!standing.charter)
    return refuse("founding-malformed",
                  "The log is empty; its first entry must be the registrar's founding filing.");
  return standing;
}

std::unexpected<Error> refuse_address(const std::string& origin) {
  return refuse("wrong-origin",
                "The statement is not addressed to this registry; sign one whose "
                "audience holds " +
                    origin + ".");
}

std::unexpected<Error> refuse_before_tick() {
  return refuse("tick-expected", "The entry after the founding must be a tick of the registrar.");
}

Result<Changes> decide(const filing::CheckedFiling& filing, const Standing& standing,
                       std::uint64_t index, const State& state, codec::JsonReader& reader) {
  const filing::Statement& statement = filing.statement();
  if (index == 1) return refuse_before_tick();
  COMITY_TRY(const Key key, find_signer(statement, state, index));
  COMITY_TRY(const Party party, find_filer(statement, state));
  COMITY_CHECK(check_clock(statement, standing.time));
  COMITY_TRY(auto versions, take_versions(filing, state, index));
  const Filer filer{.party = party.id, .custody = key.custody, .index = index};
  COMITY_TRY(auto changes, govern(filing, filer, state, reader));
  changes.versions = std::move(versions);
  return changes;
}

Result<ControlEffect> decide(const filing::CheckedControl& control, const Standing& standing,
                             const ControlView& view, std::optional<Disclosure> disclosure) {
  const filing::Statement& statement = control.statement();
  if (view.index == 1 && !std::holds_alternative<filing::Tick>(control.control()))
    return refuse_before_tick();
  if (statement.issuer != standing.charter->registrar)
    return refuse("control-not-registrars", "Only the registrar, " + standing.charter->registrar +
                                                ", signs control statements.");
  COMITY_TRY(const Key key, find_signer(statement, view.state, view.index));
  if (key.custody)
    return refuse("custody-limited",
                  "A key in custody can't sign control statements; sign with a key that the "
                  "registrar itself holds.");
  COMITY_TRY(auto effect, apply_control(control.control(), view, std::move(disclosure)));
  const auto& changed = effect.changes.standing;
  COMITY_CHECK(check_clock(statement, changed ? changed->time : standing.time));
  return effect;
}

}  // namespace

/// Makes admitted entries, and nobody else does: of what the two functions below have decided.
class Admission {
 public:
  static AdmittedEntry of(filing::CheckedFiling filing, std::uint64_t index, Changes changes) {
    AdmittedEntry admitted = make(std::move(filing), index, std::move(changes));
    const auto items = std::get<filing::CheckedFiling>(admitted.checked_).items();
    for (std::uint32_t ordinal = 0; ordinal < items.size(); ++ordinal) {
      const filing::CheckedItem& item = items[ordinal];
      if (item.absent()) continue;
      auto& parts = item.item.hidden() ? admitted.hidden_parts_ : admitted.public_parts_;
      parts.push_back({.ordinal = ordinal, .salt = item.salt, .content = item.content});
    }
    return admitted;
  }

  static AdmittedEntry of(filing::CheckedControl control, std::uint64_t index,
                          ControlEffect effect) {
    AdmittedEntry admitted = make(std::move(control), index, std::move(effect.changes));
    admitted.erased_ = effect.erased;
    if (effect.disclosed) {
      const auto& checked = std::get<filing::CheckedControl>(admitted.checked_);
      const auto ordinal = std::get<filing::Disclose>(checked.control()).item.ordinal;
      admitted.disclosed_salt_ = std::move(effect.disclosed->salt);
      admitted.disclosed_content_ = std::move(effect.disclosed->content);
      admitted.public_parts_.push_back({.ordinal = static_cast<std::uint32_t>(ordinal),
                                        .salt = admitted.disclosed_salt_,
                                        .content = admitted.disclosed_content_});
    }
    return admitted;
  }

 private:
  template <class Checked>
  static AdmittedEntry make(Checked checked, std::uint64_t index, Changes changes) {
    changes.statements.push_back(
        {.key = checked.statement().key, .index = index, .leaf = checked.leaf()});
    AdmittedEntry admitted{AdmittedEntry::Checked(std::move(checked))};
    admitted.index_ = index;
    admitted.changes_ = std::move(changes);
    return admitted;
  }
};

ByteView AdmittedEntry::entry() const {
  return std::visit([](const auto& checked) { return checked.entry(); }, checked_);
}

const crypto::LeafHash& AdmittedEntry::leaf() const {
  return std::visit([](const auto& checked) -> const crypto::LeafHash& { return checked.leaf(); },
                    checked_);
}

ByteView AdmittedEntry::manifest() const {
  return filing() != nullptr ? filing()->manifest() : ByteView{};
}

Result<Admitted> admit(filing::CheckedFiling filing, const State& state,
                       codec::JsonReader& reader) {
  COMITY_TRY(const std::uint64_t index, state.size());
  if (index == 0) {
    COMITY_TRY(auto changes, found(filing, reader));
    return Admission::of(std::move(filing), index, std::move(changes));
  }
  COMITY_TRY(const auto standing, founded_standing(state));
  const filing::Statement& statement = filing.statement();
  if (!statement.is_addressed_to(standing.charter->origin))
    return refuse_address(standing.charter->origin);
  COMITY_TRY(const auto filed, find_filed(statement.key, filing.leaf(), state));
  if (filed) return *filed;
  COMITY_TRY(auto changes, decide(filing, standing, index, state, reader));
  return Admission::of(std::move(filing), index, std::move(changes));
}

Result<Admitted> admit_control(filing::CheckedControl control, const State& state,
                               const FindItem& find_item, codec::JsonReader& reader,
                               std::optional<Disclosure> disclosure) {
  COMITY_TRY(const std::uint64_t index, state.size());
  COMITY_TRY(const auto standing, founded_standing(state));
  const std::string& origin = standing.charter->origin;
  const filing::Statement& statement = control.statement();
  if (statement.subject != origin || statement.audience.size() != 1 ||
      statement.audience.front() != origin)
    return refuse_address(origin);
  COMITY_TRY(const auto filed, find_filed(statement.key, control.leaf(), state));
  if (filed) return *filed;
  const ControlView view{.state = state, .index = index, .find_item = find_item, .reader = reader};
  COMITY_TRY(auto effect, decide(control, standing, view, std::move(disclosure)));
  return Admission::of(std::move(control), index, std::move(effect));
}

UnixSeconds founding_time(const filing::CheckedFiling& founding) {
  return founding.statement().issued_at;
}

}  // namespace comity::rules
