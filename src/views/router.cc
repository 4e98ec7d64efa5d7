#include "views/router.h"

#include <algorithm>
#include <memory>
#include <ranges>

#include "views/problem.h"
#include "views/status.h"

namespace comity::views {
namespace {

bool is_capture(std::string_view segment) { return segment.starts_with('{'); }
bool is_tail(std::string_view segment) { return segment.ends_with("*}"); }
bool takes_slashes(std::string_view segment) { return segment.starts_with("{+"); }

/// Whether {..} stands for that segment of a target.
bool stands_for(std::string_view capture, std::string_view segment) {
  return !segment.empty() && (takes_slashes(capture) || !segment.contains('/'));
}

/// The pattern without what is of concern to the router alone.
std::string described(std::string_view pattern) {
  std::string text(pattern);
  for (auto at = text.find("{+"); at != std::string::npos; at = text.find("{+"))
    text.erase(at + 1, 1);
  return text;
}

/// Of a pattern; those of a target come percent-decoded from parse_target.
std::vector<std::string> segments_of(std::string_view pattern) {
  COMITY_ASSERT(pattern.starts_with('/'));
  std::vector<std::string> segments;
  for (const auto part : std::views::split(pattern, '/'))
    if (!std::ranges::empty(part))
      segments.emplace_back(std::ranges::begin(part), std::ranges::end(part));
  return segments;
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  const bool tail = !pattern.empty() && is_tail(pattern.back());
  if (tail ? path.size() < pattern.size() : path.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string& expected = pattern[std::min(i, pattern.size() - 1)];
    if (is_capture(expected) ? !stands_for(expected, path[i]) : path[i] != expected) return false;
  }
  return true;
}

/// Whether a wins over b, where both fit: at the first segment that only one of them fixes.
bool is_closer(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto rank = [](std::string_view segment) {
    return is_tail(segment) ? 2 : is_capture(segment) ? 1 : 0;
  };
  return std::ranges::lexicographical_compare(a, b, {}, rank, rank);
}

std::vector<std::string> captures_of(const std::vector<std::string>& pattern,
                                     const std::vector<std::string>& path) {
  std::vector<std::string> captures;
  for (std::size_t i = 0; i < path.size(); ++i)
    if (is_capture(pattern[std::min(i, pattern.size() - 1)])) captures.push_back(path[i]);
  return captures;
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET, HEAD";
    case Method::post:
      return "POST";
    case Method::remove:
      return "DELETE";
    case Method::head:
    case Method::other:
      break;
  }
  return "";
}

std::string allow_field(const std::vector<Method>& methods) {
  std::string allow;
  for (const Method method : methods)
    allow.append(allow.empty() ? "" : ", ").append(name_of(method));
  return allow;
}

/// The same target with the last '/' of its path added or taken away.
std::string other_target(std::string_view target, bool trailing_slash) {
  const std::size_t query = std::min(target.find('?'), target.size());
  std::string path(target.substr(0, query));
  if (trailing_slash)
    path.push_back('/');
  else
    path.pop_back();
  return path.append(target.substr(query));
}

Response redirection(const Request& request, bool trailing_slash) {
  Response response{.status = 308, .fields = {}, .body = {}};
  response.fields.add("location", other_target(request.target, trailing_slash));
  return response;
}

AsyncHandler answered_by(Handler handler) {
  return [handler = std::move(handler)](const Call& call, const Answer& answer) {
    answer(handler(call));
  };
}

Error unknown_resource() {
  return Refusal{"resource-unknown",
                 "There is nothing at this path; docs/reference/api.md lists what there is."};
}

Error unknown_method() {
  return Refusal{
      "method-unknown",
      "What is at this path does not understand this method; the Allow field lists those "
      "that it does."};
}

}  // namespace

void Router::add(Method method, std::string_view pattern, Handler handler) {
  add_async(method, pattern, answered_by(std::move(handler)));
}

void Router::add_async(Method method, std::string_view pattern, AsyncHandler handler) {
  add_route(method, pattern, std::move(handler));
}

void Router::add_at_once(Method method, std::string_view pattern, Handler handler) {
  COMITY_ASSERT(!pattern.contains('{'));
  add_route(method, pattern, answered_by(std::move(handler))).at_once = true;
}

Router::Route& Router::add_route(Method method, std::string_view pattern, AsyncHandler handler) {
  COMITY_ASSERT(std::ranges::none_of(routes_, [&](const Route& route) {
    return route.method == method && route.pattern == described(pattern);
  }));
  return routes_.emplace_back(Route{.method = method,
                                    .pattern = described(pattern),
                                    .segments = segments_of(pattern),
                                    .trailing_slash = pattern.ends_with('/'),
                                    .handler = std::move(handler)});
}

/// Of the path as it is written, which is quickly done: whoever encodes it waits with the others.
bool Router::answers_at_once(const Request& request) const {
  const Method method = request.method == Method::head ? Method::get : request.method;
  const std::string_view target = request.target;
  const std::string_view path = target.substr(0, target.find('?'));
  return std::ranges::any_of(routes_, [&](const Route& route) {
    return route.at_once && route.method == method && route.pattern == path;
  });
}

void Router::errors_under(std::string prefix, WriteError write) {
  errors_.emplace_back(std::move(prefix), std::move(write));
}

void Router::faults_to(std::function<void(std::string_view, const Error&)> tell) {
  tell_fault_ = std::move(tell);
}

Router::Match Router::match(Method method, const Target& target) const {
  if (method == Method::head) method = Method::get;
  Match match;
  const Route* other_slash = nullptr;
  for (const Route& route : routes_) {
    if (!fits(route.segments, target.path)) continue;
    const bool same_slash = route.trailing_slash == target.trailing_slash;
    if (route.method == method) {
      const Route*& best = same_slash ? match.route : other_slash;
      if (best == nullptr || is_closer(route.segments, best->segments)) best = &route;
    }
    if (std::ranges::find(match.allowed, route.method) == match.allowed.end())
      match.allowed.push_back(route.method);
  }
  if (match.route == nullptr && other_slash != nullptr) {
    match.route = other_slash;
    match.redirect = true;
  }
  return match;
}

Response Router::error(std::string_view target, const Error& error) const {
  constexpr unsigned kOurs = 500;
  if (tell_fault_ && status_of(error) >= kOurs) tell_fault_(target, error);
  const WriteError* write = nullptr;
  std::size_t longest = 0;
  const std::string_view path = target.substr(0, target.find('?'));
  for (const auto& [prefix, other] : errors_) {
    const bool under =
        path.starts_with(prefix) ||
        (prefix.size() == path.size() + 1 && prefix.starts_with(path) && prefix.back() == '/');
    if (under && prefix.size() > longest) {
      longest = prefix.size();
      write = &other;
    }
  }
  return write == nullptr ? problem(error) : (*write)(error);
}

void Router::answer(const Request& request, Reply reply) const {
  auto parsed = parse_target(request.target);
  if (!parsed) return reply(error(request.target, parsed.error()));
  // Kept until the answer is given, with which it goes.
  const auto target = std::make_shared<const Target>(std::move(*parsed));
  const Match found = match(request.method, *target);
  if (found.route == nullptr) {
    Response response =
        error(request.target, found.allowed.empty() ? unknown_resource() : unknown_method());
    if (!found.allowed.empty()) response.fields.add("allow", allow_field(found.allowed));
    return reply(std::move(response));
  }
  if (found.redirect) return reply(redirection(request, found.route->trailing_slash));
  const Call call{request, *target, captures_of(found.route->segments, target->path)};
  found.route->handler(
      call, [this, &request, target, reply = std::move(reply)](Result<Response> response) {
        reply(response ? std::move(*response) : error(request.target, response.error()));
      });
}

std::vector<std::pair<Method, std::string>> Router::routes() const {
  std::vector<std::pair<Method, std::string>> all;
  all.reserve(routes_.size());
  for (const Route& route : routes_) all.emplace_back(route.method, route.pattern);
  return all;
}

std::string_view Router::pattern_of(std::string_view text) const {
  const auto target = parse_target(text);
  if (!target) return {};
  std::string_view pattern;
  const Route* best = nullptr;
  for (const Route& route : routes_)
    if (fits(route.segments, target->path) &&
        (best == nullptr || is_closer(route.segments, best->segments))) {
      best = &route;
      pattern = route.pattern;
    }
  return pattern;
}

}  // namespace comity::views
