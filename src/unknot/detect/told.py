"""How likely, as a word; and what else the pain could be, by plain names."""

from __future__ import annotations

from unknot.assessment import CompetingCause
from unknot.detect.inference import Inference
from unknot.detect.network import Network, Place
from unknot.detect.parameters import Report
from unknot.knowledge.model import Side
from unknot.script import Text


def band(probability: float, report: Report) -> Text:
    """The word for a probability."""
    if probability >= report.likely_from:
        return Text(id="detect.band.likely")
    if probability >= report.possible_from:
        return Text(id="detect.band.possible")
    return Text(id="detect.band.less_likely" if probability >= report.unlikely_below else "detect.band.unlikely")


def competing_causes(network: Network, inference: Inference) -> tuple[CompetingCause, ...]:
    """What else it could be, likeliest first; causes of one kind and side are told as one."""
    report = network.parameters.report
    told = {cause.id: cause.told for cause in network.parameters.causes}
    shares: dict[tuple[str, str, Side], float] = {}
    for state, chance in zip(network.states, inference.states.tolist(), strict=True):
        if state.cause is not None:
            side: Side = "midline" if state.mechanism == "unknown" else state.side
            key = (told[state.cause], state.mechanism, side)
            shares[key] = shares.get(key, 0.0) + chance
    likeliest = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        CompetingCause(
            id=name,
            mechanism=mechanism,
            side=side,
            probability=min(share, 1.0),
            band=band(share, report),
            name=Text(id=f"cause.{name}"),
        )
        for (name, mechanism, side), share in likeliest[: int(report.causes)]
        if share >= report.least_cause
    )


def spot(network: Network, place: Place, other: Place) -> Text:
    """A spot as a person reads it: its muscle and side, and which spot of it where the ``other`` is of the same."""
    site, side = place
    muscle = network.muscle_of[network.sites[place]]
    params: dict[str, object] = {"muscle": f"@muscle.{muscle}.name", "side": f"@side.{side}"}
    if (muscle, side) != (network.muscle_of[network.sites[other]], other[1]):
        return Text(id="detect.place.muscle", params=params)
    own = [
        name
        for name, where in network.sites
        if where == side and network.muscle_of[network.sites[name, where]] == muscle
    ]
    return Text(id="detect.place.muscle_spot", params={**params, "n": own.index(site) + 1})
