#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/json.h"
#include "filing/check.h"
#include "log/sequencer.h"

#include "registry_directory.h"

namespace comity::cli {

/// A signed filing, and what to call it in a complaint ("" where there is only one).
struct NamedFiling {
  Bytes bytes;
  std::string name;
};

/// Checks filings and hands them to the sequencer without waiting for each answer, so that all that
/// are on the way share commits. A bounded number is on the way. One thread, which takes the
/// answers, in the order of the filings.
///
/// After the first error nothing more is handed in; what is on the way still gets its answer. The
/// registry must outlive it.
class FilingPipeline {
 public:
  /// Called exactly once for each filing, on the pipeline's thread, within `file` or `finish`: with
  /// where it stands, or with the error that kept it out. An error of its own ends the pipeline.
  using Answered = std::function<Result<void>(const Result<log::Registered>&)>;

  explicit FilingPipeline(OpenRegistry& registry) : registry_(&registry) {}
  /// Waits for what is on the way, as if by `finish`.
  ~FilingPipeline();
  FilingPipeline(const FilingPipeline&) = delete;
  FilingPipeline& operator=(const FilingPipeline&) = delete;

  /// Checks it and hands it in; takes answers that have come, and waits for some where too much is
  /// on the way. Returns the first error of this or an earlier filing.
  Result<void> file(NamedFiling filing, const Answered& answered);
  /// Waits for all answers. Returns the first error.
  Result<void> finish();

 private:
  struct OnTheWay {
    std::future<Result<log::Registered>> answer;
    Answered answered;
    std::string name;
    std::size_t bytes = 0;
  };

  Result<void> hand_in(NamedFiling filing, const Answered& answered);
  /// Checks it; where that fails, again after what is on the way, which may register its key.
  Result<filing::CheckedFiling> check(Bytes filing);
  void take_first();
  void take_all();
  void note(const Result<void>& result, const std::string& name);
  [[nodiscard]] Result<void> first_error() const;

  OpenRegistry* registry_;
  codec::JsonReader reader_;
  std::deque<OnTheWay> on_the_way_;
  std::size_t bytes_ = 0;
  std::optional<Error> first_error_;
};

}  // namespace comity::cli
