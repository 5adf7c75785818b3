"""The hypothesis profiles of the laws: the same examples every time, few in CI, as many as LAW_EXAMPLES says.

The full count: `LAW_EXAMPLES=10000 python -m pytest tests/engines/rotation/test_laws.py`.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.engines.rotation.worlds import EXAMPLES

settings.register_profile(
    "rotation",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("rotation-brief", settings.get_profile("rotation"), max_examples=max(EXAMPLES // 2, 1))
