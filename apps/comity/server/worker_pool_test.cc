#include "server/worker_pool.h"

#include <atomic>
#include <future>
#include <memory>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

TEST(WorkerPool, RunsWhatIsPosted) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(3, 1000);
    std::promise<void> all;
    for (int i = 0; i < 100; ++i)
      EXPECT_TRUE(pool.try_post([&] {
        if (++done == 100) all.set_value();
      }));
    all.get_future().wait();
  }
  EXPECT_EQ(done, 100);
}

TEST(WorkerPool, ItsQueueIsBounded) {
  std::promise<void> started;
  std::promise<void> gate;
  WorkerPool pool(1, 2);  // last: its thread uses the others
  EXPECT_TRUE(pool.try_post([&] {
    started.set_value();
    gate.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_FALSE(pool.try_post([] {}));
  pool.post([] {});
  EXPECT_EQ(pool.waiting(), 3U);
  gate.set_value();
}

TEST(WorkerPool, ForgetsWhatWaitsWhenItStops) {
  const auto held = std::make_shared<int>(1);
  std::promise<void> started;
  std::promise<void> gate;
  WorkerPool pool(1, 10);
  pool.post([&] {
    started.set_value();
    gate.get_future().wait();
  });
  started.get_future().wait();
  pool.post([held] {});  // which may still be run, or not
  gate.set_value();
  pool.stop();
  pool.post([held] { ADD_FAILURE(); });
  EXPECT_FALSE(pool.try_post([held] { ADD_FAILURE(); }));
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace comity::server
