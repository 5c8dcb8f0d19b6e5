"""Hypothesis as these tests use it: few examples, and never a test against the clock."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def check(*strategies: object, examples: int = 40, **named: object) -> Callable[[object], object]:
    """``given`` with settings for a busy machine."""

    def decorate(test: object) -> object:
        return settings(max_examples=examples, deadline=None, suppress_health_check=SLOW)(
            given(*strategies, **named)(test)
        )

    return decorate
