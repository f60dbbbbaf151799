"""Learn, and the claims in circulation: what is said, what one can fairly answer, what was measured in whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404, HttpResponse

from unknot.app.library.sections import SECTIONS
from unknot.app.shell.pages import Request, only, page
from unknot.knowledge import load
from unknot.knowledge.model import Claim, Source
from unknot.messages import render

MOST_TYPED = 80


@dataclass(frozen=True, slots=True)
class Card:
    """A claim with its grade as the pages show it."""

    claim: Claim
    letter: str

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def day(self) -> str:
        return day(self.claim.date)

    @property
    def words(self) -> str:
        """All that one may look for: the claim with what was measured, and its sources."""
        parts = [render(f"claim.{self.id}.{part}") for part in ("says", "text", "measured")]
        return " ".join([*parts, *(source.citation for source in sources(self.claim.sources))])


@only("GET", "HEAD")
def learn(request: Request) -> HttpResponse:
    """The sections."""
    shown = [{"url": url, "name": f"app.learn.{name}"} for name, url in SECTIONS.items()]
    return page(request, "library/learn.html", sections=shown, tab="learn")


@only("GET", "HEAD", "POST")
def evidence(request: Request) -> HttpResponse:
    """Every claim by topic. A POST holds words to look for: they stand in no address, so no history keeps them."""
    typed = request.POST.get("words", "")[:MOST_TYPED].strip()
    found = [one for one in map(card, load().claims.values()) if matches(one, typed)]
    topics = [(topic, list(cards)) for topic, cards in groupby(found, key=lambda one: one.claim.topic)]
    shown = {"topics": topics, "count": len(found), "all": len(load().claims), "typed": typed, "tab": "learn"}
    return page(request, "library/evidence.html", **shown)


@only("GET", "HEAD")
def claim(request: Request, claim: str) -> HttpResponse:
    """One claim with its sources."""
    known = load()
    if claim not in known.claims:
        raise Http404
    shown = card(known.claims[claim])
    return page(request, "library/claim.html", card=shown, sources=sources(shown.claim.sources), tab="learn")


def card(claim: Claim) -> Card:
    return Card(claim, grade_letter(claim.grade))


def day(written: str) -> str:
    """A day of the knowledge (2026-11-22) as people write it."""
    on = date.fromisoformat(written)
    return f"{on.day} {on:%B %Y}"


def grade_letter(grade: str) -> str:
    """What stands in the round mark of a grade."""
    return "–" if grade == "unsupported" else grade  # noqa: RUF001 (a dash is meant: there is no letter)


def sources(ids: Iterable[str]) -> list[Source]:
    return [load().sources[id] for id in ids]


def matches(card: Card, typed: str) -> bool:
    """Whether every word that was typed stands somewhere in the claim or its sources."""
    told = card.words.casefold()
    return all(word in told for word in typed.casefold().split())
