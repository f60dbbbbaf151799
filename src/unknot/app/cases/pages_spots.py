"""Likely spots, pressing them, and choosing tool and position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.atlas.pages import muscle_page
from unknot.app.cases import plates, use_cases
from unknot.app.cases.fields import NOT_SURE, Choice, field
from unknot.app.cases.next_step import before_last, next_step, spot_code, unclear
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import next_url
from unknot.app.people.country import body_of
from unknot.app.shell.pages import Request, meant, only, page
from unknot.app.shell.plate_layers import layers_in
from unknot.assess import assess
from unknot.assessment import Assessment, Candidate
from unknot.case import CaseError
from unknot.messages import has, render
from unknot.safety import pressable
from unknot.safety.keep_away import keep_away
from unknot.script import Session, Text

MOST_SHOWN = 6
FIRST_SHOWN = 3
Earlier = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A candidate as the page shows it. ``low`` and ``high``: the band in per cent, as where it starts and how wide.
    ``beyond``: why the person cannot treat it now."""

    place: int
    code: str
    candidate: Candidate
    name: str
    latin: str
    side: str
    where: str
    word: str
    band: str
    low: float
    high: float
    can_press: bool
    pressed: bool
    beyond: tuple[Text, ...]
    confirmed: bool  # pressing it was tender and brought on the known pain
    before: float | None  # what it was before the last answer, in per cent
    was: str  # the same in words

    @property
    def moved(self) -> bool:
        """Whether the last answer moved it so far that the band in words is another."""
        return self.before is not None and self.was != self.band


def assessed(state: CaseState) -> Assessment:
    """The engine's whole answer to the complaint as it is now."""
    if state.case is None:
        raise Http404
    return assess(state.case, history=state.history, now=state.clock.now, knowledge=state.knowledge)


def word(probability: float) -> str:
    """How a probability is said."""
    if probability >= 0.5:
        return "app.spots.likely"
    return "app.spots.possible" if probability >= 0.2 else "app.spots.less_likely"


def tenths(probability: float) -> tuple[int, int]:
    """The band, in tenths, in which a probability is shown: two tenths wide, because more would be false precision."""
    low = max(0, min(8, round(10 * probability) - 1))
    return low, low + 2


def band(probability: float) -> str:
    """The band in words."""
    low, high = tenths(probability)
    if low == 0 and probability < 0.1:
        return render("app.spots.under_one")
    return render("app.spots.band", {"lo": max(low, 1), "hi": high})


@only("GET", "HEAD")
def spots(request: Request, case: str) -> HttpResponse:
    """The ranking, what to do next, and what speaks for and against each spot. After an answer: how it moved."""
    state = use_cases.assess_again(request.person, request.clock, str(case))
    if _not_yet(state):
        return HttpResponseRedirect(next_url(state))
    whole = assessed(state)
    moved = before_last(state, request.GET.get("after", ""))
    found = _spots(state, whole, moved)
    session = whole.session if state.screened_lately else None
    best = next((spot for spot in found if session and _is(spot, session)), None)
    step = next_step(state, whole, found)
    plate = plates.of_spots(state, [spot.candidate for spot in found[:FIRST_SHOWN]], body_of(request.person))
    return page(
        request,
        "cases/spots.html",
        state=state,
        triage=whole.triage,
        detection=whole.detection,
        first=found[:FIRST_SHOWN],
        plate=plate,
        layers=layers_in(plate),
        more=found[FIRST_SHOWN:],
        moved=moved is not None,
        step=step,
        settled=step is None,
        best=best,
        treat_first=best is not None and (step is None or best.confirmed),
        needs_before=not state.screened_lately,
        why_session=whole.session_because,
        unclear=unclear(state),
        review=request.clock.today + timedelta(days=whole.triage.review_after_days),
        unknown=band(whole.detection.mechanism.unknown),
        advice=[card for card in whole.advice if card.fit == "now"],
    )


def _not_yet(state: CaseState) -> bool:
    """Nothing is ranked for a person who should see a clinician, or before the questions are answered."""
    return not next_url(state).endswith("/spots/")


def _spots(state: CaseState, whole: Assessment, moved: Earlier | None) -> list[Spot]:
    may = may_press(state)
    beyond = {(one.site, one.side): one.because for one in whole.beyond_self_help}
    return [
        _spot(state, index, one, may, moved, beyond.get((one.site, one.side), ()))
        for index, one in enumerate(whole.detection.candidates[:MOST_SHOWN])
    ]


def _spot(
    state: CaseState,
    index: int,
    one: Candidate,
    may: frozenset[str],
    moved: Earlier | None,
    beyond: tuple[Text, ...],
) -> Spot:
    muscle = state.knowledge.muscles[one.muscle]
    low, high = tenths(one.probability)
    press = state.row.presses.get(f"{one.site}|{one.side}", {}).get("press", {})
    was = None if moved is None else moved.get((one.site, one.side), 0.0)
    return Spot(
        place=index + 1,
        code=spot_code(state, one.site, one.side),
        candidate=one,
        name=render(f"muscle.{one.muscle}.name"),
        latin=muscle.latin,
        side=render(f"side_of.{one.side}" if one.side != "midline" else "side.midline"),
        where=render(f"site.{one.site}.where"),
        word=word(one.probability),
        band=band(one.probability),
        low=10 * low,
        high=10 * (high - low),
        can_press=one.site in may,
        pressed=bool(press),
        confirmed=press.get("tender") is True and press.get("familiar") is True,
        before=None if was is None else round(100 * was),
        was="" if was is None else band(was),
        beyond=beyond,
    )


def may_press(state: CaseState) -> frozenset[str]:
    """The sites that this person may press to look for the spot."""
    if state.case is None:
        return frozenset()
    return pressable(state.case, state.knowledge, state.history, now=state.clock.now)


def _is(spot: Spot, session: Session) -> bool:
    return (spot.candidate.site, spot.candidate.side) == (session.site, session.side)


def spot_meant(state: CaseState, wanted: str) -> tuple[str, Any]:
    """The site and side of an opaque name. Raises Http404."""
    everywhere = (f"{site}|{side}" for site in state.knowledge.sites for side in ("left", "right", "midline"))
    found = meant(wanted, everywhere, state.id)
    if found is None:
        raise Http404
    site, side = found.split("|")
    return site, side


@only("GET", "HEAD", "POST")
def press(request: Request, case: str, spot: str) -> HttpResponse:
    """Where to press, and what pressing did."""
    state = load_case(request.person, str(case), request.clock)
    if _not_yet(state):
        return HttpResponseRedirect(next_url(state))
    site, side = spot_meant(state, spot)
    if site not in may_press(state):
        return HttpResponseRedirect(reverse("cases:spots", args=[state.id]))
    fault = ""
    if request.method == "POST":
        if request.POST.get("press") == "pinch":
            return page(request, "cases/pinch.html", state=state)
        try:
            not_found = request.POST.get("press") == NOT_SURE
            nothing = {"site": site, "side": side, "tender": None, "familiar": None, "spreads_to": None}
            told = nothing if not_found else _told(request, site, side)
            use_cases.palpate(request.person, request.clock, state.id, told)
            return HttpResponseRedirect(f"{reverse('cases:spots', args=[state.id])}?after={spot}")
        except (KeyError, CaseError):
            fault = "app.press.answer_both"
    words = _press_words(state, site, side, body_of(request.person))
    return page(request, "cases/press.html", 422 if fault else 200, fault=fault, **words)


@only("GET", "HEAD")
def about(request: Request, case: str, spot: str) -> HttpResponse:
    """The atlas's page of a spot's muscle, under an address that names no place."""
    state = load_case(request.person, str(case), request.clock)
    if _not_yet(state):
        return HttpResponseRedirect(next_url(state))
    site, side = spot_meant(state, spot)
    back = reverse("cases:spots", args=[state.id])
    muscle = state.knowledge.muscles[state.knowledge.sites[site].muscle]
    return muscle_page(request, muscle, "left" if side == "midline" else side, back)


def _told(request: Request, site: str, side: str) -> dict[str, Any]:
    """The three answers. Raises KeyError when one of the first two is missing."""
    said = {"true": True, "false": False, "null": None}
    told: dict[str, Any] = {"site": site, "side": side, "tender": said[request.POST.get("tender", "")]}
    told["familiar"] = said[request.POST.get("familiar", "")]
    told["spreads_to"] = request.POST.getlist("spreads_to")
    return told


def _press_words(state: CaseState, site: str, side: str, shape: str) -> dict[str, Any]:
    where = state.knowledge.sites[site]
    muscle = state.knowledge.muscles[where.muscle]
    cautions = []
    while has(f"muscle.{muscle.id}.caution.{len(cautions) + 1}"):
        cautions.append(render(f"muscle.{muscle.id}.caution.{len(cautions) + 1}"))
    zones = dict.fromkeys(zone.partition("@")[0] for zone in (*where.primary, *where.secondary))
    before = state.row.presses.get(f"{site}|{side}", {}).get("press", {})
    plate = plates.of_press(state, site, side, shape)
    return {
        "state": state,
        "plate": plate,
        "layers": layers_in(plate),
        "beside": plates.beside_press(state, site, side, shape),
        "code": spot_code(state, site, side),
        "name": f"muscle.{muscle.id}.name",
        "side_id": f"side.{side}",
        "where": f"site.{site}.where",
        "check": f"muscle.{muscle.id}.self_check" if has(f"muscle.{muscle.id}.self_check") else "",
        "cautions": cautions,
        "keep_away": keep_away(site),
        "yes_no": [field(id, state.knowledge, before.get(id, "")) for id in ("tender", "familiar")],
        "zones": [Choice(zone, render(f"region.{zone}"), zone in (before.get("spreads_to") or ())) for zone in zones],
    }
