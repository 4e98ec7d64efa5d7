#pragma once

// What nearly every test includes, parsed once for all of them.
#include "../src/precompiled.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
