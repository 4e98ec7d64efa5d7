#include "server/address_limits.h"

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::milliseconds;

TEST(AddressLimits, BoundConnections) {
  Limits limits;
  limits.connections = 3;
  limits.connections_per_address = 2;
  AddressLimits addresses(limits);
  EXPECT_TRUE(addresses.opened("a"));
  EXPECT_TRUE(addresses.opened("a"));
  EXPECT_FALSE(addresses.opened("a"));
  EXPECT_TRUE(addresses.opened("b"));
  EXPECT_FALSE(addresses.opened("c"));
  EXPECT_EQ(addresses.connections(), 3U);
  addresses.closed("a");
  EXPECT_TRUE(addresses.opened("c"));
}

TEST(AddressLimits, AProxyHasAsManyConnectionsAsThereAre) {
  Limits limits;
  limits.connections = 3;
  limits.connections_per_address = 1;
  AddressLimits addresses(limits);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(addresses.opened(""));
  EXPECT_FALSE(addresses.opened(""));
  EXPECT_FALSE(addresses.opened("a"));
  addresses.closed("");
  EXPECT_TRUE(addresses.opened("a"));
  EXPECT_EQ(addresses.connections(), 3U);
}

TEST(AddressLimits, BoundRequestsThatAreUnderWay) {
  Limits limits;
  limits.connections_per_address = 2;
  AddressLimits addresses(limits);
  EXPECT_TRUE(addresses.opened("a"));  // counted for itself
  EXPECT_TRUE(addresses.began("a"));
  EXPECT_TRUE(addresses.began("a"));
  EXPECT_FALSE(addresses.began("a"));
  EXPECT_TRUE(addresses.began("b"));
  addresses.ended("a");
  EXPECT_TRUE(addresses.began("a"));
  EXPECT_FALSE(addresses.began("a"));
}

TEST(AddressLimits, AnAddressSavesUpRequests) {
  Limits limits;
  limits.requests_per_second = 10;
  limits.burst = 3;
  AddressLimits addresses(limits);
  AddressLimits::Clock::time_point now{};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(addresses.asked("a", now));
  EXPECT_FALSE(addresses.asked("a", now));
  EXPECT_TRUE(addresses.asked("b", now));
  now += milliseconds(150);
  EXPECT_TRUE(addresses.asked("a", now));
  EXPECT_FALSE(addresses.asked("a", now));
  now += std::chrono::hours(1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(addresses.asked("a", now));
  EXPECT_FALSE(addresses.asked("a", now));
}

TEST(AddressLimits, RememberSoManyAddressesAtMost) {
  Limits limits;
  limits.requests_per_second = 0.001;
  limits.burst = 1;
  AddressLimits addresses(limits);
  const AddressLimits::Clock::time_point now{};
  for (std::size_t i = 0; i < 2 * AddressLimits::kAddresses + 10; ++i)
    EXPECT_TRUE(addresses.asked(std::to_string(i), now));
}

TEST(AddressLimits, NoneMeansNone) {
  Limits limits;
  limits.requests_per_second = 0;
  limits.burst = 0;
  AddressLimits addresses(limits);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(addresses.asked("a"));
}

}  // namespace
}  // namespace comity::server
