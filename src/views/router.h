#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "views/message.h"
#include "views/target.h"

namespace comity::views {

/// What a handler is called with. Request and target live until it has answered, the call itself
/// until it has returned.
struct Call {
  const Request& request;
  const Target& target;
  std::vector<std::string> captures;  ///< the segments that stood for {..}, in their order
};

using Handler = std::function<Result<Response>(const Call&)>;

/// Takes an answer, once, from any thread.
using Reply = std::function<void(Response)>;
/// The same, taking an error as well.
using Answer = std::function<void(Result<Response>)>;
/// For what must wait for something else than a thread: calls `answer` once, at once or later, from
/// any thread.
using AsyncHandler = std::function<void(const Call&, Answer)>;

/// How errors are written in a part of the tree of resources.
using WriteError = std::function<Response(const Error&)>;

/// Which handler answers which request. Filled before it is used, and then used by any thread.
///
/// A pattern is a path whose segments may be {NAME}, which stands for any one that is not empty,
/// and whose last may be {NAME*}, which stands for one or more; a fixed segment wins over {NAME}.
/// A segment with a slash in it, which was percent-encoded, is matched by {+NAME} alone, as RFC
/// 6570 writes it: of others files' paths may be made. Whoever describes the route calls it {NAME}.
/// It ends in '/' or not, and a request that differs from it in that alone is redirected (308).
///
/// HEAD is answered as GET. Errors, `resource-unknown` and `method-unknown` (with Allow) of the
/// router's own among them, are written as problem+json, or as errors_under says.
class Router {
 public:
  /// REQUIRES: no other handler has the same method and pattern.
  void add(Method method, std::string_view pattern, Handler handler);
  void add_async(Method method, std::string_view pattern, AsyncHandler handler);
  /// For a handler that never waits for a disk, a worker or other requests. The pattern has no
  /// {..}.
  void add_at_once(Method method, std::string_view pattern, Handler handler);

  /// Writes errors in this way where the target begins with `prefix` ("/taxii2/"), or is it but for
  /// its last '/'; of several the longest decides.
  void errors_under(std::string prefix, WriteError write);

  /// Tells of each error that is ours (5xx), of which a client learns little. Any thread calls it.
  void faults_to(std::function<void(std::string_view target, const Error&)> tell);

  /// Answers, or has it answered later. `request` must live until then.
  void answer(const Request& request, Reply reply) const;
  /// Whether the handler of a request was added by add_at_once, so that `answer` may be called on a
  /// thread that has others to serve.
  [[nodiscard]] bool answers_at_once(const Request& request) const;
  /// For what is sent in answer to a target before any handler sees it.
  [[nodiscard]] Response error(std::string_view target, const Error& error) const;

  /// All routes, for whoever describes them.
  [[nodiscard]] std::vector<std::pair<Method, std::string>> routes() const;

  /// The pattern that a target falls under ("/tile/{path*}"), for metrics: "" where there is none.
  [[nodiscard]] std::string_view pattern_of(std::string_view target) const;

 private:
  struct Route {
    Method method;
    std::string pattern;
    std::vector<std::string> segments;
    bool trailing_slash = false;
    bool at_once = false;
    AsyncHandler handler;
  };
  struct Match {
    const Route* route = nullptr;
    bool redirect = false;
    std::vector<Method> allowed;  ///< where there is no route of the method
  };

  Route& add_route(Method method, std::string_view pattern, AsyncHandler handler);
  [[nodiscard]] Match match(Method method, const Target& target) const;

  std::vector<Route> routes_;
  std::vector<std::pair<std::string, WriteError>> errors_;
  std::function<void(std::string_view, const Error&)> tell_fault_;
};

}  // namespace comity::views
