"""Devices that were offline come to one record. `dev prove convergence` runs 1,000 schedules; here are a few."""

from __future__ import annotations

from collections import Counter

from devices import DANGERS, play
from record_entries import CASE, LAPTOP, START, Hand

from unknot.knowledge import load
from unknot.record import case_document, fold

SCHEDULES = 25


def test_devices_that_were_offline_come_to_one_record_and_a_danger_sign_shuts_them_all() -> None:
    told: Counter[str] = Counter()
    for seed in range(SCHEDULES):
        broken, happened = play(seed, every_gate=seed < 3)
        assert not broken
        told += Counter(happened)
    assert told["sign_from_one_device_only"] >= 6  # otherwise little was tried
    assert told["may_press_at_the_end"] >= 1


def test_a_danger_named_on_one_device_outlives_a_later_no_from_another_that_had_not_heard_of_it() -> None:
    phone, laptop = Hand(), Hand(LAPTOP, START.replace(hour=20))
    for key in DANGERS:
        said = [phone.answers(**{key: True}), laptop.answers(**{key: False})]
        for order in (said, said[::-1]):
            document = case_document(fold(order).cases[CASE], None, load().questions, START)
            assert document["answers"][key] is True
