"""Writes reference.txt: what other people's programs compute, for reference_test.cc.

    python3 -m venv venv
    venv/bin/pip install numpy==2.4.6 scipy==1.17.1 pymannkendall==1.4.3 ruptures==1.1.10
    venv/bin/python reference.py > reference.txt

Run by hand when the series change; the test reads the file. Each line of a block names its source:
  mk         pymannkendall.original_test: S, Var(S), p
  theil_sen  scipy.stats.theilslopes, 95 %: slope, low, high
  changes    ruptures' exact searches, Dynp for each number of changes and Pelt, with the cost
             -2 total log(total/length): where segments begin; min_length and the penalty are given
  log2       of a number, by Python's decimal with 50 digits, times 2^32
"""

import math
import sys
from decimal import Decimal, getcontext

import numpy as np
import pymannkendall
import ruptures
from scipy import stats

MIN_LENGTH = 6
PARAMETERS = 3


class PoissonCost(ruptures.base.BaseCost):
    """Twice the negative log-likelihood of a Poisson level, without its constant terms."""

    model = ""
    min_size = MIN_LENGTH

    def fit(self, signal):
        self.signal = signal
        self.totals = np.concatenate([[0], np.cumsum(signal.ravel())])
        return self

    def error(self, start, end):
        total = self.totals[end] - self.totals[start]
        return 0.0 if total == 0 else -2 * total * math.log(total / (end - start))


def dispersion(values):
    terms = [(b - a) ** 2 / (a + b) for a, b in zip(values, values[1:]) if a + b]
    return max(1.0, sum(terms) / len(terms)) if terms else 1.0


def changes(values):
    """The beginnings of all segments but the first."""
    if len(values) < 2 * MIN_LENGTH:
        return []  # ruptures refuses what can't have a change
    penalty = dispersion(values) * PARAMETERS * math.log(len(values))
    signal = np.array(values, dtype=float).reshape(-1, 1)
    cost = PoissonCost().fit(signal)
    search = ruptures.Dynp(custom_cost=PoissonCost(), min_size=MIN_LENGTH, jump=1).fit(signal)
    candidates = [[len(values)]]
    for number in range(1, min(6, len(values) // MIN_LENGTH - 1) + 1):
        candidates.append(search.predict(n_bkps=number))

    def total_cost(ends):
        begins = [0, *ends[:-1]]
        return sum(map(cost.error, begins, ends)) + penalty * (len(ends) - 1)

    best = min(candidates, key=total_cost)
    pelt = ruptures.Pelt(custom_cost=PoissonCost(), min_size=MIN_LENGTH, jump=1).fit(signal)
    assert pelt.predict(pen=penalty) == best, (values, best)
    return best[:-1]


def random_series():
    random = np.random.default_rng(20170627)
    levels = [
        [(4, 30)], [(4, 20), (9, 25)], [(20, 40), (8, 24), (30, 36)], [(0.3, 60)],
        [(2, 48), (5, 24), (2, 24)], [(100, 30), (130, 30)],
    ]
    for spread in (1, 3):
        for parts in levels:
            values = []
            for level, length in parts:
                for _ in range(length):
                    rate = level if spread == 1 else random.gamma(level / (spread - 1), spread - 1)
                    values.append(int(random.poisson(rate)))
            yield values


def series():
    yield [1, 2]
    yield [3, 3, 3, 3, 3, 3, 3, 3]
    yield [5, 1, 4, 2, 3, 9, 7, 8]
    yield list(range(40))
    yield [0] * 12 + [7] * 12
    yield [10, 9, 9, 8, 8, 8, 7, 5, 5, 4, 4, 1, 0, 0, 0]
    yield from random_series()


def numbers(*values):
    return " ".join(repr(float(value)) for value in values)


def main():
    print("# Made by reference.py; see there for the sources and their versions.")
    for values in series():
        print("series", *values)
        mk = pymannkendall.original_test(values)
        print("mk", int(mk.s), numbers(mk.var_s, mk.p))
        sen = stats.theilslopes(values, alpha=0.95)
        print("theil_sen", numbers(sen.slope, sen.low_slope, sen.high_slope))
        print("changes", *changes(values))
    getcontext().prec = 50
    for value in (1, 2, 3, 10, 1000, 133590, 2**32 + 1, 10**18, 2**63 - 1, 2**64 - 1):
        print("log2", value, math.floor(Decimal(value).ln() / Decimal(2).ln() * 2**32))
    return 0


if __name__ == "__main__":
    sys.exit(main())
