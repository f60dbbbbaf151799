"""New ids: time from the system's clock, chance from the operating system."""

import secrets
import time
from uuid import UUID

from unknot.record.ids import RANDOM_BYTES, uuid7


def new_id() -> UUID:
    return uuid7(time.time_ns() // 1_000_000, secrets.token_bytes(RANDOM_BYTES))
