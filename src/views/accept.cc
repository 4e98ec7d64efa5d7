#include "views/accept.h"

#include <algorithm>

namespace comity::views {
namespace {

/// RFC 9110 section 5.6.2.
bool is_token_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Reads the parts of a field's value one after another.
class FieldText {
 public:
  explicit FieldText(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return text_.empty(); }

  void skip_space() {
    while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\t')) text_.remove_prefix(1);
  }

  bool take(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  std::string_view take_token() {
    const auto end = std::ranges::find_if_not(text_, is_token_character);
    const std::string_view token(text_.begin(), end);
    text_.remove_prefix(token.size());
    return token;
  }

  /// Section 5.6.4; nothing where the quotes are not closed.
  std::optional<std::string> take_quoted() {
    std::string value;
    if (!take('"')) return std::nullopt;
    while (!text_.empty()) {
      char c = text_[0];
      text_.remove_prefix(1);
      if (c == '"') return value;
      if (c == '\\') {
        if (text_.empty()) return std::nullopt;
        c = text_[0];
        text_.remove_prefix(1);
      }
      value.push_back(c);
    }
    return std::nullopt;
  }

  /// Goes on behind the next comma that stands in no quotes.
  void skip_element() {
    bool quoted = false;
    while (!text_.empty()) {
      const char c = text_[0];
      text_.remove_prefix(1);
      if (c == '"') quoted = !quoted;
      if (c == '\\' && quoted && !text_.empty()) text_.remove_prefix(1);
      if (c == ',' && !quoted) return;
    }
  }

 private:
  std::string_view text_;
};

std::string in_lower_case(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

/// Up to the comma or the end, which is left.
std::optional<MediaType> take_media_type(FieldText& text) {
  MediaType media;
  text.skip_space();
  media.type = in_lower_case(text.take_token());
  if (media.type.empty() || !text.take('/')) return std::nullopt;
  media.subtype = in_lower_case(text.take_token());
  if (media.subtype.empty()) return std::nullopt;
  while (true) {
    text.skip_space();
    if (!text.take(';')) return media;
    text.skip_space();
    const std::string name = in_lower_case(text.take_token());
    if (name.empty()) continue;  // an empty parameter is allowed
    if (!text.take('=')) return std::nullopt;
    std::string value(text.take_token());
    if (value.empty()) {
      auto quoted = text.take_quoted();
      if (!quoted) return std::nullopt;
      value = std::move(*quoted);
    }
    media.parameters.emplace_back(name, std::move(value));
  }
}

/// "0.5" as 500: at most three digits after the point, at most 1. Section 12.4.2.
std::optional<unsigned> parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  unsigned weight = text[0] == '1' ? 1000 : 0;
  unsigned unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(text.size(), 2))) {
    if (c < '0' || c > '9') return std::nullopt;
    weight += static_cast<unsigned>(c - '0') * unit;
    unit /= 10;
  }
  return weight > 1000 ? std::nullopt : std::optional(weight);
}

/// Takes the weight out of the parameters; whatever follows it is an extension and means nothing.
bool take_weight(MediaRange& range) {
  auto& parameters = range.type.parameters;
  const auto q = std::ranges::find(parameters, "q", &std::pair<std::string, std::string>::first);
  if (q == parameters.end()) return true;
  const auto weight = parse_weight(q->second);
  parameters.erase(q, parameters.end());
  range.weight = weight.value_or(0);
  return weight.has_value();
}

/// How closely the range fits, from 1; 0 where it doesn't.
std::size_t specificity(const MediaType& range, const MediaType& offered) {
  if (range.type == "*") return range.subtype == "*" ? 1 : 0;
  if (range.type != offered.type) return 0;
  if (range.subtype == "*") return 2;
  if (range.subtype != offered.subtype) return 0;
  for (const auto& [name, value] : range.parameters)
    if (offered.parameter(name) != value) return 0;
  return 3 + range.parameters.size();
}

unsigned weight_of(const MediaType& offered, const std::vector<MediaRange>& ranges) {
  std::size_t closest = 0;
  unsigned weight = 0;
  for (const MediaRange& range : ranges) {
    const std::size_t fit = specificity(range.type, offered);
    if (fit > closest) {
      closest = fit;
      weight = range.weight;
    }
  }
  return weight;
}

}  // namespace

bool MediaType::is(std::string_view name) const {
  return name.size() == type.size() + 1 + subtype.size() && name.starts_with(type) &&
         name[type.size()] == '/' && name.ends_with(subtype);
}

std::optional<std::string_view> MediaType::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return std::nullopt;
}

std::optional<MediaType> parse_media_type(std::string_view text) {
  FieldText field(text);
  auto media = take_media_type(field);
  return field.at_end() ? media : std::nullopt;
}

std::vector<MediaRange> parse_accept(std::string_view field) {
  std::vector<MediaRange> ranges;
  for (FieldText text(field); !text.at_end();) {
    auto media = take_media_type(text);
    const bool whole = text.at_end() || text.take(',');
    if (!whole) text.skip_element();
    if (!media || !whole) continue;
    MediaRange range{.type = std::move(*media)};
    if (take_weight(range)) ranges.push_back(std::move(range));
  }
  return ranges;
}

std::optional<std::size_t> choose(std::optional<std::string_view> field,
                                  std::span<const std::string_view> offered) {
  if (!field) return offered.empty() ? std::nullopt : std::optional<std::size_t>(0);
  const auto ranges = parse_accept(*field);
  std::optional<std::size_t> best;
  unsigned best_weight = 0;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const auto media = parse_media_type(offered[i]);
    const unsigned weight = media ? weight_of(*media, ranges) : 0;
    if (weight > best_weight) {
      best = i;
      best_weight = weight;
    }
  }
  return best;
}

bool accepts_coding(std::optional<std::string_view> field, std::string_view coding) {
  if (!field) return false;
  std::optional<bool> any;
  for (FieldText text(*field); !text.at_end(); text.skip_element()) {
    text.skip_space();
    const std::string name = in_lower_case(text.take_token());
    unsigned weight = 1000;
    text.skip_space();
    if (text.take(';')) {
      text.skip_space();
      if (in_lower_case(text.take_token()) == "q" && text.take('='))
        weight = parse_weight(text.take_token()).value_or(0);
    }
    if (name == coding) return weight > 0;
    if (name == "*") any = weight > 0;
  }
  return any.value_or(false);
}

}  // namespace comity::views
