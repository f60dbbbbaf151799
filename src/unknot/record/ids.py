"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562 section 5.7)."""

from __future__ import annotations

from uuid import UUID

RANDOM_BYTES = 10


def uuid7(unix_ms: int, random: bytes) -> UUID:
    """A UUIDv7 from milliseconds since 1970 and ten random bytes (74 bits of them are used)."""
    if not 0 <= unix_ms < 1 << 48:
        raise ValueError("the time must fit 48 bits of milliseconds since 1970")
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"exactly {RANDOM_BYTES} random bytes are needed")
    chance = int.from_bytes(random, "big")
    rand_a = chance >> 68
    rand_b = chance & ((1 << 62) - 1)
    return UUID(int=unix_ms << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)


def made_at_ms(id: UUID) -> int:
    """Milliseconds since 1970 that a UUIDv7 carries."""
    return id.int >> 80
