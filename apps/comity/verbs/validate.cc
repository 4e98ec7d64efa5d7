#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/limits.h"
#include "codec/json_slices.h"
#include "stix/validator.h"

#include "disk_file.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct ValidateOptions {
  std::vector<std::string> files;
  bool strict = false;
  bool errors_only = false;
};

constexpr const char* kValidateFooter =
    "Holds STIX 2.1 objects against the specification: what it requires (MUST) as errors, what it\n"
    "recommends (SHOULD) as warnings, each with the place, the section and what to write instead.\n"
    "docs/reference/findings.md explains every code. The same errors refuse a filing.\n"
    "\n"
    "Examples:\n"
    "  comity validate incident.json\n"
    "  comity validate --strict bundle.json more.jsonl     # warnings count as errors\n"
    "  curl -s https://example.org/feed | comity validate -\n"
    "  comity validate --json bundle.json | jq '.findings[].code' | sort | uniq -c";

/// Where a text stands: which file, on which line, as which object of the file.
struct Place {
  std::string file;
  std::uint64_t line = 1;
  std::uint64_t object = 1;
};

/// The number behind a "$.objects[" that a path begins with.
std::optional<std::size_t> bundled_index(std::string_view path) {
  constexpr std::string_view kStart = "$.objects[";
  if (!path.starts_with(kStart)) return std::nullopt;
  std::size_t index = 0;
  const auto end = std::from_chars(path.data() + kStart.size(), path.data() + path.size(), index);
  return end.ec == std::errc() ? std::optional(index) : std::nullopt;
}

/// The id of the object that a finding on a bundle is about: one within, or the bundle itself.
std::string_view object_id_of(const stix::Finding& finding, const codec::JsonObject& bundle,
                              const std::vector<codec::JsonObject>& inside) {
  const auto index = bundled_index(finding.path);
  const auto& object = index && *index < inside.size() ? inside[*index] : bundle;
  return object.text("id").value_or(std::nullopt).value_or("");
}

class Validation {
 public:
  Validation(const ValidateOptions& options, const Context& context)
      : options_(&options), context_(&context) {}

  Result<void> read(const std::string& path);
  [[nodiscard]] Outcome tell() const;

 private:
  void check(ByteView text, const Place& place);
  /// A bundle that is larger than any object may be: one object after another, then the bundle.
  void check_large(ByteView text, const Place& place);
  void check_frame(ByteView text, const Place& place);
  void check_alone(ByteView text, const Place& place, const std::string& prefix);
  void add(const stix::Finding& finding, const Place& place, std::string_view id,
           const std::string& prefix = "$");

  const ValidateOptions* options_;
  const Context* context_;
  codec::JsonReader reader_;
  stix::Validator validator_;
  std::uint64_t objects_ = 0;
  std::uint64_t errors_ = 0;
  std::uint64_t warnings_ = 0;
  Json findings_ = Json::array();
  std::string text_;
  std::string told_;  // the place that text_ named last
};

void Validation::add(const stix::Finding& finding, const Place& place, std::string_view id,
                     const std::string& prefix) {
  const bool error = finding.level == stix::Level::error || options_->strict;
  ++(error ? errors_ : warnings_);
  if (!error && options_->errors_only) return;
  const std::string path = prefix + finding.path.substr(1);
  if (context_->json) {
    findings_.push_back({{"file", place.file},
                         {"line", place.line},
                         {"object", place.object},
                         {"id", id},
                         {"level", error ? "error" : "warning"},
                         {"code", finding.code},
                         {"path", path},
                         {"section", finding.section},
                         {"sentence", finding.sentence}});
    return;
  }
  const std::string where = fmt::format("{}:{}: {}", place.file, place.line, id);
  if (where != told_) text_ += printable(where) + "\n";
  told_ = where;
  const std::string section =
      finding.section.empty() ? "" : fmt::format(" (section {})", finding.section);
  text_ +=
      wrapped(printable(fmt::format("{} {}: {}{}", path, finding.code, finding.sentence, section)),
              12, error ? "  error     " : "  warning   ");
}

void Validation::check_alone(ByteView text, const Place& place, const std::string& prefix) {
  ++objects_;
  const auto object = reader_.parse(text);
  if (!object) {
    if (const auto finding = stix::as_finding(object.error())) add(*finding, place, "", prefix);
    return;
  }
  const auto id = object->text("id");
  const std::string name(id ? id->value_or("") : "");
  for (const auto& finding : validator_.validate(*object)) add(finding, place, name, prefix);
}

void Validation::check_large(ByteView text, const Place& place) {
  const auto elements = codec::json_elements(text, "objects");
  if (!elements || elements->empty()) {
    check_alone(text, place, "$");  // which says that it is too large
    return;
  }
  for (std::size_t i = 0; i < elements->size(); ++i)
    check_alone((*elements)[i], place, fmt::format("$.objects[{}]", i));
  check_frame(text, place);
}

void Validation::check_frame(ByteView text, const Place& place) {
  codec::JsonReader large;  // of its own, for its buffers are many times the text
  auto bundle = large.parse(text, kInputBytes);
  if (bundle && bundle->text("type").value_or(std::nullopt) != "bundle")
    bundle = reader_.parse(text);  // which says that it is too large
  if (!bundle) {
    if (const auto finding = stix::as_finding(bundle.error())) add(*finding, place, "");
    return;
  }
  const auto inside = bundle->objects("objects").value_or(std::vector<codec::JsonObject>());
  for (const auto& finding : validator_.validate_frame(*bundle))
    add(finding, place, object_id_of(finding, *bundle, inside));
}

void Validation::check(ByteView text, const Place& place) {
  if (text.size() > limits::kObjectBytes) return check_large(text, place);
  const auto object = reader_.parse(text);
  const auto inside =
      object ? object->objects("objects") : Result<std::vector<codec::JsonObject>>();
  if (!object || !inside || inside->empty()) return check_alone(text, place, "$");
  objects_ += inside->size();
  for (const auto& finding : validator_.validate(*object))
    add(finding, place, object_id_of(finding, *object, *inside));
}

Result<void> Validation::read(const std::string& path) {
  COMITY_TRY(const Bytes file, read_file(path, kInputBytes));
  Place place{path};
  const auto texts = codec::json_objects(file);
  if (!texts) {
    const auto finding = stix::as_finding(texts.error());
    if (!finding) return std::unexpected<Error>(texts.error());
    add(*finding, place, "");
    return {};
  }
  Progress progress("objects", texts->size(), context_->progress());
  const std::byte* counted_to = file.data();
  for (std::size_t i = 0; i < texts->size(); ++i) {
    const ByteView text = (*texts)[i];
    place.line += static_cast<std::uint64_t>(std::count(counted_to, text.data(), std::byte{'\n'}));
    counted_to = text.data();
    place.object = i + 1;
    check(text, place);
    progress.at(i + 1);
  }
  return {};
}

Outcome Validation::tell() const {
  const bool valid = errors_ == 0;
  std::string text = text_ + counted(objects_, "object", "objects") + ": ";
  text += valid && warnings_ == 0 ? "nothing found.\n"
                                  : counted(errors_, "error", "errors") + ", " +
                                        counted(warnings_, "warning", "warnings") + ".\n";
  context_->print({{"valid", valid},
                   {"objects", objects_},
                   {"errors", errors_},
                   {"warnings", warnings_},
                   {"findings", findings_}},
                  text);
  return valid ? Outcome::ok : Outcome::failed_check;
}

Result<Outcome> validate(const ValidateOptions& options, Context& context) {
  Validation validation(options, context);
  for (const auto& path : options.files) COMITY_CHECK(validation.read(path));
  return validation.tell();
}

}  // namespace

void add_validate(Verb app, Context& context) {
  auto options = std::make_shared<ValidateOptions>();
  const auto verb = app.add_subcommand("validate", "Hold STIX objects against the specification");
  verb.add_option("FILE", options->files,
                  "STIX objects, bundles or JSON Lines; - reads standard input")
      .required()
      .type_name("");
  verb.add_flag("--strict", options->strict, "Count warnings as errors");
  verb.add_flag("--errors-only", options->errors_only, "Leave warnings out of the list");
  verb.footer(kValidateFooter);
  run_when_named(verb, context, std::move(options), &validate);
}

}  // namespace comity::cli
