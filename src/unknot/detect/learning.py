"""What earlier days say about this person's spots: a press that brought on the pain, a session that eased it.

Each counts once per site, as a factor on the odds of its prior; together they stay within bounds, so that what is drawn
and pressed today always weighs more. What the case at hand says of a press is not counted a second time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.case import Case
from unknot.detect.network import Network
from unknot.detect.parameters import Learned
from unknot.detect.problem import Floats
from unknot.record import History, PastPress, PastSession

EASED = 1.0  # points of pain that a session must take away


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What earlier days say: odds of the sites (sites,), and the names of what was learnt of each."""

    odds: Floats
    names: dict[int, tuple[str, ...]]


def learnt(case: Case, network: Network, history: History | None) -> Earlier:
    """The odds from the latest earlier press and the latest rated session of each site. Sites that the knowledge no
    longer holds are passed over."""
    odds = np.ones(len(network.sites))
    names: dict[int, tuple[str, ...]] = {}
    if history is None:
        return Earlier(odds=odds, names=names)
    given = network.parameters.learned
    today = {(press.site, press.side) for press in case.palpation}
    presses = {(one.site, one.side): one for one in history.presses if (one.site, one.side) not in today}
    sessions = {(one.site, one.side): one for one in sorted(history.sessions, key=lambda one: one.at) if _rated(one)}
    for place in presses.keys() | sessions.keys():
        if place not in network.sites:
            continue
        found = [
            *([_of_press(presses[place], given)] if place in presses else []),
            *([_of_session(sessions[place], given)] if place in sessions else []),
        ]
        told = [one for one in found if one is not None]
        if told:
            factor = float(np.prod([odds for _, odds in told]))
            number = network.sites[place]
            odds[number] = min(max(factor, given.least), given.greatest)
            names[number] = tuple(sorted(name for name, _ in told))
    return Earlier(odds=odds, names=names)


def _rated(session: PastSession) -> bool:
    return session.stopped_for is None and session.pain_before is not None and session.pain_after is not None


def _of_press(press: PastPress, given: Learned) -> tuple[str, float] | None:
    if press.familiar is True:
        return "confirmed", given.confirmed
    if press.familiar is False and press.tender is False:
        return "quiet", given.quiet
    return None


def _of_session(session: PastSession, given: Learned) -> tuple[str, float] | None:
    assert session.pain_before is not None
    assert session.pain_after is not None
    eased = session.pain_before - session.pain_after
    if eased >= EASED:
        return "eased", given.eased
    return ("not_eased", given.not_eased) if session.pain_before >= EASED else None
