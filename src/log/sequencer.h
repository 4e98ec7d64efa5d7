#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "crypto/secret_key.h"
#include "filing/check.h"
#include "filing/control.h"
#include "log/committer.h"
#include "log/sqlite_state.h"
#include "rules/admit.h"

namespace comity::log {

/// What a filer is told: where its statement stands, in a log of which size.
struct Registered {
  std::uint64_t index = 0;
  crypto::TreeHead head;
  UnixSeconds time{};           ///< the log's time at that head
  std::string checkpoint_note;  ///< of that head
  bool already_filed = false;
};

/// A control statement on its way, with what it discloses.
struct ControlRequest {
  filing::CheckedControl control;
  std::optional<rules::Disclosure> disclosure;
};

struct SequencerOptions {
  std::size_t queue_entries = 16384;
  std::size_t queue_bytes = std::size_t{256} << 20;
  std::size_t batch_entries = 4096;
  std::size_t batch_bytes = std::size_t{64} << 20;
  /// Whether it is to go on with the key that it was given, as a server must: then what would
  /// revoke that key, with which each batch's tick is signed, is refused as `registrar-key-served`.
  bool keeps_key = false;
};

/// The one writer of a log: a thread that takes what is checked from a bounded queue, admits it in
/// order, commits a batch (one sync, one checkpoint), then folds the batch into the admission state
/// and answers. Nothing is answered before it is durable, no refusal before what it rests on is.
///
/// A refusal is the filer's. A fault is answered to the whole batch; where it leaves in doubt what
/// is on disk, or the state behind the log, the sequencer ends: all that follows is answered with
/// the fault, and the registry must be opened again, which finds out and replays.
class Sequencer {
 public:
  using Answer = std::function<void(const Result<Registered>&)>;
  /// A new head, durable by then, and the checkpoint's note as it stands in the file.
  using Committed = std::function<void(const crypto::TreeHead& head, const std::string& note)>;

  /// What the sequencer works with; all of it outlives the sequencer.
  struct Parts {
    Committer& committer;
    SqliteState& state;
    const Clock& clock;
    const crypto::SecretKey& registrar;  ///< signs ticks
    rules::FindItem find_item;           ///< called on the sequencer's thread
    /// Told of each new head on that thread, before anybody has an answer, for whoever follows the
    /// log; must return at once. May be empty.
    Committed committed{};
  };

  Sequencer(Parts parts, SequencerOptions options);
  /// Answers what is queued, then stops.
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  /// Queues a filing; `answer` is called once, on the sequencer's thread. A full queue
  /// (EAGAIN) or a stopped sequencer is a fault at once, and `answer` is not called.
  Result<void> submit(filing::CheckedFiling filing, Answer answer);
  Result<void> submit(ControlRequest control, Answer answer);

  /// The same, waiting for the answer.
  Result<Registered> file(filing::CheckedFiling filing);
  Result<Registered> file(ControlRequest control);

  /// The fault that has ended it, if one has, from before anybody is answered with it. Any thread.
  [[nodiscard]] Result<void> running() const;

 private:
  struct Request {
    std::variant<filing::CheckedFiling, ControlRequest> what;
    Answer answer;
    std::size_t bytes = 0;
  };
  class Batch;

  Result<void> enqueue(Request request);
  Result<Registered> wait_for(std::variant<filing::CheckedFiling, ControlRequest> what);
  /// Waits for requests; empty when it is time to stop.
  std::vector<Request> take();
  void run();
  static Result<void> process(Batch& batch, std::vector<Request>& requests);
  static void answer_all(std::vector<Request>& requests, const Error& fault);
  /// No more batches: answers what is queued, and refuses what comes, with the fault.
  void stop(const Error& fault);

  Parts parts_;
  SequencerOptions options_;
  codec::JsonReader reader_;  // the thread's

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Request> queue_;
  std::size_t queued_bytes_ = 0;
  bool stopping_ = false;
  std::optional<Error> ended_;

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace comity::log
