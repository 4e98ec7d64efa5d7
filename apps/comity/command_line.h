#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
class Option;
}  // namespace CLI

namespace comity::cli {

/// What is wrong with a value, as a sentence; empty where nothing is.
using CheckValue = std::function<std::string(const std::string&)>;

// The command line as verbs declare it: what CLI11 offers, under its names. They are here so that
// its header, which takes a compiler longer than most verbs, is read by three files alone.

/// An option, a flag or a positional. A handle; copies are the same option.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}

  Option required() const;
  /// What its value is called in the help; "" where its name says it.
  Option type_name(const std::string& name) const;
  Option check(const CheckValue& check) const;
  /// Its value is one of these.
  Option is_member(const std::vector<std::string>& values) const;
  Option in_range(int least, int most) const;
  /// The help names the value that it has without being given.
  Option capture_default_str() const;
  Option group(const std::string& name) const;
  Option excludes(const Option& other) const;
  /// Each value needs the flag again, so that a positional may follow.
  Option one_value_each() const;
  /// Called with each value that is given.
  Option each(const std::function<void(const std::string&)>& take) const;
  Option envname(const std::string& name) const;

 private:
  CLI::Option* option_;
};

/// A verb, or a group of verbs. A handle; copies are the same verb. Values are filled when the
/// command line is read, so they must live as long as the verb.
class Verb {
 public:
  explicit Verb(CLI::App& app) : app_(&app) {}

  [[nodiscard]] Verb add_subcommand(const std::string& name, const std::string& description) const;
  /// Options of which so many must be given.
  [[nodiscard]] Verb add_option_group(const std::string& name, int given) const;

  Option add_option(const std::string& name, std::string& value,
                    const std::string& description) const;
  Option add_option(const std::string& name, std::vector<std::string>& values,
                    const std::string& description) const;
  Option add_option(const std::string& name, std::uint64_t& value,
                    const std::string& description) const;
  Option add_option(const std::string& name, std::optional<std::uint64_t>& value,
                    const std::string& description) const;
  Option add_option(const std::string& name, std::uint32_t& value,
                    const std::string& description) const;
  Option add_option(const std::string& name, int& value, const std::string& description) const;
  /// A value that is taken by a function.
  Option add_option(const std::string& name, const std::function<void(const std::string&)>& take,
                    const std::string& description) const;
  Option add_flag(const std::string& name, bool& value, const std::string& description) const;

  /// Under which heading of the help it stands; "" hides it.
  void group(const std::string& name) const;
  void footer(const std::string& text) const;
  void require_subcommand(std::size_t least, std::size_t most) const;
  void require_subcommand(std::size_t number) const { require_subcommand(number, number); }
  /// Whether the command line names a verb of this group; known once it is read.
  [[nodiscard]] bool has_subcommand() const;
  /// Called when its words are read, before they are checked.
  void parse_complete_callback(const std::function<void()>& call) const;
  /// Called when the command line names it.
  void callback(const std::function<void()>& call) const;

 private:
  CLI::App* app_;
};

}  // namespace comity::cli
