from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.record.ids import made_at_ms, uuid7

times = st.integers(0, 2**48 - 1)
chance = st.binary(min_size=10, max_size=10)


@given(times, chance)
def test_an_id_is_a_version_7_uuid_that_carries_its_time(ms: int, random: bytes) -> None:
    made = uuid7(ms, random)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made_at_ms(made) == ms
    assert UUID(str(made)) == made


@given(times, times, chance, chance)
def test_ids_sort_by_the_time_they_were_made(a: int, b: int, x: bytes, y: bytes) -> None:
    if a < b:
        assert str(uuid7(a, x)) < str(uuid7(b, y))


def test_different_chance_at_the_same_millisecond_gives_different_ids() -> None:
    assert uuid7(5, bytes(10)) != uuid7(5, bytes(9) + b"\x01")


def test_a_time_outside_48_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="48 bits"):
        uuid7(2**48, bytes(10))


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        uuid7(0, bytes(9))
