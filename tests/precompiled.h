#pragma once

// What nearly every test includes besides src/precompiled.h, parsed once for all of them.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
