"""One muscle part as an engraver would lay it: shadow, belly, bundles, tendon, fibre lines, rim."""

from __future__ import annotations

from itertools import pairwise

from unknot.body.muscles import Part, Points
from unknot.body.scene import Fill, Item, Line, Path, Point, smooth

STEPS = (0.72, 1.0, 0.84, 1.12, 0.92, 1.2, 0.78, 1.05)  # where bundles pass into tendon: never on one line
Paint = list[Item]


def belly(part: Part, rings: tuple[Path, ...], fibres: tuple[Points, ...], px: float, clip: str, tone: str) -> Paint:
    """The muscle in full; ``px`` is about a screen's pixel in mm."""
    thin = tuple(smooth(_fewer(fibre)) for fibre in fibres[1:-1])
    tendon = [piece for end in (0, 1) for piece in _tendon(part, fibres, end)]
    soft = [piece for end in (0, 1) for piece in _tendon(part, fibres, end, reach=1.35)]
    dark = tuple(_between(fibres[i], fibres[i + 1], 0, 1) for i in range(0, len(fibres) - 1, 2))
    paint: Paint = [
        Fill(paths=rings, colour="shadow", opacity=0.45, blur=2.6 * px, clip="body"),
        Fill(paths=rings, colour=tone),
        Fill(paths=dark, colour="fibre-dark", opacity=0.13, clip=clip, straight=True),
        Fill(paths=(_middle(fibres),), colour="fibre-light", opacity=0.36, blur=11 * px, clip=clip, straight=True),
        Fill(paths=tuple(soft), colour="tendon", opacity=0.38, blur=0.9 * px, clip=clip, straight=True),
        Fill(paths=tuple(tendon), colour="tendon", opacity=0.85, blur=0.5 * px, clip=clip, straight=True),
    ]
    if part.bands:
        bands = tuple(_band(fibres, at) for at in part.bands)
        paint.append(Fill(paths=bands, colour="tendon", opacity=0.9, blur=0.4 * px, clip=clip, straight=True))
    paint += [
        Line(paths=thin, colour="fibre-dark", width=0.75 * px, opacity=0.42, clip=clip),
        Line(paths=_halves(fibres), colour="fibre-light", width=0.5 * px, opacity=0.5, clip=clip),
        Line(paths=rings, colour="fibre-dark", width=9 * px, opacity=0.16, blur=2.2 * px, clip=clip, closed=True),
        Line(paths=rings, colour="fibre-dark", width=3.4 * px, opacity=0.22, blur=0.8 * px, clip=clip, closed=True),
        Line(paths=rings, colour="fibre-dark", width=1.1 * px, opacity=0.85, closed=True),
    ]
    return paint


def pale(
    part: Part, rings: tuple[Path, ...], fibres: tuple[Points, ...], px: float, clip: str, tone: str
) -> list[Fill | Line]:
    """A neighbour: enough to know it is there."""
    lines = tuple(smooth(_fewer(fibre)) for fibre in fibres[2:-1:4])
    return [
        Fill(paths=rings, colour="muscle-pale", opacity=0.55, clip="body"),
        Line(paths=lines, colour="skin-edge", width=0.5 * px, opacity=0.35, clip=clip),
        Line(paths=rings, colour="skin-edge", width=0.8 * px, opacity=0.45, closed=True),
    ]


def _fewer(points: Points) -> Points:
    """At most six points of a line, both ends among them: enough for a smooth curve."""
    count = min(len(points), 6)
    return tuple(points[round(k * (len(points) - 1) / (count - 1))] for k in range(count))


def point_at(fibre: Points, t: float) -> Point:
    """The point at a share of the samples."""
    at = min(max(t, 0.0), 1.0) * (len(fibre) - 1)
    i = min(int(at), len(fibre) - 2)
    s = at - i
    (ax, ay), (bx, by) = fibre[i], fibre[i + 1]
    return (ax + s * (bx - ax), ay + s * (by - ay))


def stretch(fibre: Points, a: float, b: float) -> list[Point]:
    """The fibre from share a to share b, with the samples between."""
    count = len(fibre) - 1
    inner = [fibre[k] for k in range(len(fibre)) if a < k / count < b]
    return [point_at(fibre, a), *inner, point_at(fibre, b)]


def _between(one: Points, other: Points, a: float, b: float) -> Path:
    return tuple(stretch(one, a, b) + stretch(other, a, b)[::-1])


def _tendon(part: Part, fibres: tuple[Points, ...], end: int, reach: float = 1.0) -> list[Path]:
    """The tendon of one end, bundle by bundle, so that it meets the flesh in fingers."""
    pieces = []
    for i in range(len(fibres) - 1):
        share = (part.tendon[i][end] + part.tendon[i + 1][end]) / 2 * STEPS[i % len(STEPS)] * reach
        share = min(share, 0.9)
        if share > 0.01:
            pieces.append(_finger(fibres[i], fibres[i + 1], share, end))
    return pieces


def _finger(one: Points, other: Points, share: float, end: int) -> Path:
    """A bundle's tendon: straight at the bone, pointed where the flesh begins."""
    tip = min(share * 1.18, 0.93)
    if end == 0:
        (ax, ay), (bx, by) = point_at(one, tip), point_at(other, tip)
        middle = ((ax + bx) / 2, (ay + by) / 2)
        return (*stretch(one, 0.0, share), middle, *stretch(other, 0.0, share)[::-1])
    (ax, ay), (bx, by) = point_at(one, 1 - tip), point_at(other, 1 - tip)
    middle = ((ax + bx) / 2, (ay + by) / 2)
    return (middle, *stretch(one, 1 - share, 1.0), *stretch(other, 1 - share, 1.0)[::-1])


def _band(fibres: tuple[Points, ...], at: float) -> Path:
    """A tendon across the muscle, slightly zigzag."""
    upper = [point_at(f, at - 0.008 + 0.006 * (k % 2)) for k, f in enumerate(fibres)]
    lower = [point_at(f, at + 0.008 + 0.006 * (k % 2)) for k, f in enumerate(fibres)]
    return tuple(upper + lower[::-1])


def _middle(fibres: tuple[Points, ...]) -> Path:
    """The part of the belly that catches the light."""
    n = len(fibres) - 1
    return _between(fibres[round(0.26 * n)], fibres[round(0.62 * n)], 0.22, 0.74)


def _halves(fibres: tuple[Points, ...]) -> tuple[Path, ...]:
    """Light lines between the fibres."""
    lines = []
    for one, other in pairwise(fibres):
        middle = tuple(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(one, other, strict=True))
        lines.append(smooth(_fewer(tuple(stretch(middle, 0.08, 0.92)))))
    return tuple(lines)
