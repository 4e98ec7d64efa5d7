#include "server/server.h"

#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

/// Begins and drains by a signal; another comes while the server is still there.
void stop_twice() {
  Settings settings;
  settings.listen = {"127.0.0.1:0"};
  const views::Router router;
  views::Metrics metrics;
  Journal journal;
  WorkerPool readers(1, 1);
  WorkerPool writers(1, 1);
  Environment environment{.settings = settings,
                          .router = router,
                          .metrics = metrics,
                          .journal = journal,
                          .readers = readers,
                          .writers = writers,
                          .proxies = {}};
  Server server(environment);
  if (!server.open()) std::_Exit(1);
  std::raise(SIGTERM);
  server.run();
  std::raise(SIGTERM);
  std::_Exit(0);
}

/// What is still to be closed may take its time; whoever can't wait sends it again.
TEST(Server, ASignalAfterItHasDrainedEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(stop_twice(), ::testing::KilledBySignal(SIGTERM), "draining");
}

}  // namespace
}  // namespace comity::server
