#include "command_line.h"

#include <CLI/CLI.hpp>

namespace comity::cli {

Option Option::required() const {
  option_->required();
  return *this;
}

Option Option::type_name(const std::string& name) const {
  option_->type_name(name);
  return *this;
}

Option Option::check(const CheckValue& check) const {
  option_->check(check);
  return *this;
}

Option Option::is_member(const std::vector<std::string>& values) const {
  option_->check(CLI::IsMember(values));
  return *this;
}

Option Option::in_range(int least, int most) const {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option Option::capture_default_str() const {
  option_->capture_default_str();
  return *this;
}

Option Option::group(const std::string& name) const {
  option_->group(name);
  return *this;
}

Option Option::excludes(const Option& other) const {
  option_->excludes(other.option_);
  return *this;
}

Option Option::one_value_each() const {
  option_->allow_extra_args(false);
  return *this;
}

Option Option::each(const std::function<void(const std::string&)>& take) const {
  option_->each(take);
  return *this;
}

Option Option::envname(const std::string& name) const {
  option_->envname(name);
  return *this;
}

Verb Verb::add_subcommand(const std::string& name, const std::string& description) const {
  return Verb(*app_->add_subcommand(name, description));
}

Verb Verb::add_option_group(const std::string& name, int given) const {
  auto& group = *app_->add_option_group(name, "");
  group.require_option(given);
  return Verb(group);
}

Option Verb::add_option(const std::string& name, std::string& value,
                        const std::string& description) const {
  return Option(*app_->add_option(name, value, description));
}

Option Verb::add_option(const std::string& name, std::vector<std::string>& values,
                        const std::string& description) const {
  return Option(*app_->add_option(name, values, description));
}

Option Verb::add_option(const std::string& name, std::uint64_t& value,
                        const std::string& description) const {
  return Option(*app_->add_option(name, value, description));
}

Option Verb::add_option(const std::string& name, std::optional<std::uint64_t>& value,
                        const std::string& description) const {
  return Option(*app_->add_option(name, value, description));
}

Option Verb::add_option(const std::string& name, std::uint32_t& value,
                        const std::string& description) const {
  return Option(*app_->add_option(name, value, description));
}

Option Verb::add_option(const std::string& name, int& value, const std::string& description) const {
  return Option(*app_->add_option(name, value, description));
}

Option Verb::add_option(const std::string& name,
                        const std::function<void(const std::string&)>& take,
                        const std::string& description) const {
  return Option(*app_->add_option_function<std::string>(name, take, description));
}

Option Verb::add_flag(const std::string& name, bool& value, const std::string& description) const {
  return Option(*app_->add_flag(name, value, description));
}

void Verb::group(const std::string& name) const { app_->group(name); }

void Verb::footer(const std::string& text) const { app_->footer(text); }

void Verb::require_subcommand(std::size_t least, std::size_t most) const {
  app_->require_subcommand(least, most);
}

bool Verb::has_subcommand() const { return !app_->get_subcommands().empty(); }

void Verb::parse_complete_callback(const std::function<void()>& call) const {
  app_->parse_complete_callback(call);
}

void Verb::callback(const std::function<void()>& call) const { app_->callback(call); }

}  // namespace comity::cli
