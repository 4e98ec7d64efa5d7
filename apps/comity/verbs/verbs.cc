#include "verbs/verbs.h"

#include "text.h"

namespace comity::cli {

void add_verbs(Verb app, Context& context) {
  add_init(app, context);
  add_key(app, context);
  add_party(app, context);
  add_file(app, context);
  add_import(app, context);
  add_item(app, context);
  add_show(app, context);
  add_search(app, context);
  add_stats(app, context);
  add_export(app, context);
  add_prove(app, context);
  add_verify(app, context);
  add_validate(app, context);
  add_audit(app, context);
  add_doctor(app, context);
  add_rebuild(app, context);
  add_serve(app, context);
  add_token(app, context);
  add_completion(app, context);
  add_manual(app, context);
}

Option add_positional(Verb verb, const std::string& name, std::string& value,
                      const std::string& description) {
  return verb.add_option(name, value, description).required().type_name("");
}

void add_registry(Verb verb, std::string& directory) {
  add_positional(verb, "REGISTRY", directory, "The registry's directory");
}

Option add_named(Verb verb, const std::string& flag, std::string& value, const std::string& type,
                 const std::string& description) {
  return verb.add_option(flag, value, description).type_name(type);
}

Option add_to(Verb verb, std::string& url) {
  return add_named(verb, "--to", url, "URL",
                   "Send to the server there; REGISTRY need hold no more than its trust.json");
}

CheckValue whole_number() {
  return [](const std::string& text) -> std::string {
    return is_whole_number(text) ? "" : text + " is no whole number";
  };
}

Option add_as_of(Verb verb, query::AsOf& as_of) {
  const auto check = [](const std::string& text) -> std::string {
    const auto parsed = query::parse_as_of(text);
    return parsed ? "" : parsed.error().sentence();
  };
  return verb
      .add_option(
          "--as-of",
          [&as_of](const std::string& text) { as_of = query::parse_as_of(text).value_or(as_of); },
          "The record as it was at a size of the log, at the end of a day, or at a time in UTC")
      .check(check)
      .type_name("SIZE|DATE");
}

Option add_group(Verb verb, std::string& value) {
  return verb.add_option("--group", value, "The stakeholder group")
      .type_name("GROUP")
      .is_member(
          {"government", "intergovernmental", "industry", "civil-society", "research", "media"});
}

}  // namespace comity::cli
