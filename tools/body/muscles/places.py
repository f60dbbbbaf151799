"""Where a named or written point lies on the rest body (left half).

A written point is one of
``name``; ``name+dx,dy,dz`` (decimetres); ``a>b:0.4`` (between); ``back:x,y[,mm]``, ``front:x,y[,mm]``,
``side:z,y[,mm]`` (skin seen from there, so many millimetres deep); ``at:x,y,z``; ``thigh:t,deg[,share]`` and likewise
``shank``, ``arm``, ``forearm``, ``neck`` (t along the bone, degrees round it: 0 front or palm, 90 outer or thumb side,
180 back, 270 inner; share of the way from the bone's axis to the skin, 1 = skin).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .surface import MM, Surface

LANDMARKS = Path(__file__).parents[1] / "data" / "landmarks.toml"


@dataclass(frozen=True)
class Limb:
    """A bone's axis with the directions that count as front and outer at its start and at its end."""

    start: np.ndarray
    end: np.ndarray
    front: tuple[np.ndarray, np.ndarray]
    outer: tuple[np.ndarray, np.ndarray] = (np.array([1.0, 0.0, 0.3]), np.array([1.0, 0.0, 0.3]))

    def frame(self, t: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Point on the axis, front and outer there."""
        axis = self.end - self.start
        unit = axis / np.linalg.norm(axis)
        share = float(np.clip(t, 0, 1))
        front = _across((1 - share) * self.front[0] + share * self.front[1], unit)
        outer = np.cross(unit, front)
        if outer @ ((1 - share) * self.outer[0] + share * self.outer[1]) < 0:
            outer = -outer
        return self.start + t * axis, front, outer


def _across(v: np.ndarray, unit: np.ndarray) -> np.ndarray:
    v = v - (v @ unit) * unit
    return np.asarray(v / np.linalg.norm(v))


@dataclass
class Places:
    """Resolves points; remembers what it has found."""

    surface: Surface
    joints: dict[str, np.ndarray]
    known: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.limbs = self._limbs()
        table = tomllib.loads(LANDMARKS.read_text(encoding="utf-8"))
        self.text = {name: entry["at"] for name, entry in table["landmarks"].items()}
        self.plain = {name: entry["plain"] for name, entry in table["landmarks"].items()}
        self._families(table)

    def _families(self, table: dict[str, dict[str, dict[str, float]]]) -> None:
        """Spinous and transverse processes, bodies and ribs, one entry a level."""
        for level, row in table["spine"].items():
            y = row["height"]
            self.text[f"sp_{level}"] = f"back:0.02,{y},{row['skin']}"
            for name, x, deep in (("tp", row["wide"], row["deep"]), ("body", 0.22, row["deep"] + row["body"])):
                self.text[f"{name}_{level}"] = f"back:{x},{row['lies']},{deep}"
        for number, row in table["ribs"].items():
            for name in ("ribang", "ribside", "ribfront", "ribtip"):
                if name in row:
                    self.text[f"{name}_{number}"] = str(row[name])

    def _limbs(self) -> dict[str, Limb]:
        j, forward = self.joints, np.array([0.0, 0.0, 1.0])
        hip, knee, ankle = j["l-upper-leg"], j["l-knee"], j["l-ankle"]
        shoulder, elbow, hand = j["l-shoulder"], j["l-elbow"], j["l-hand"]
        upper, lower = elbow - shoulder, hand - elbow
        bend = _across(lower, upper / np.linalg.norm(upper))
        unit = lower / np.linalg.norm(lower)
        palm0 = _across(-upper, unit)
        thumb0 = np.cross(palm0, unit)
        thumb0 = thumb0 if thumb0[0] > 0 else -thumb0
        thumb1 = _across(j["l-finger-2-1"] - j["l-finger-5-1"], unit)
        palm1 = np.cross(thumb1, unit)
        palm1 = palm1 if palm1[1] < 0 else -palm1
        shift = np.array([0.12, 0.0, -0.02])
        return {
            "thigh": Limb(hip + np.array([0.06, 0, 0.02]), knee + np.array([0.06, 0, -0.1]), (forward, forward)),
            "shank": Limb(knee + np.array([0.06, 0, -0.12]), ankle + shift * 0.4, (forward, forward)),
            "arm": Limb(shoulder, elbow, (bend, bend)),
            "forearm": Limb(elbow, hand, (palm0, palm1), (thumb0, thumb1)),
            "neck": Limb(np.array([0.0, 5.7, 0.1]), np.array([0.0, 6.9, 0.32]), (forward, forward)),
        }

    def __getitem__(self, text: str) -> np.ndarray:
        """The point (3,), decimetres at rest. KeyError for an unknown name, ValueError where there is no skin."""
        if text not in self.known:
            self.known[text] = self._find(text.replace(" ", ""))
        return self.known[text]

    def _find(self, text: str) -> np.ndarray:
        shifted = re.fullmatch(r"(.+?)\+([-\d.,]+)", text)
        if shifted:
            return self[shifted[1]] + np.array([float(v) for v in shifted[2].split(",")])
        between = re.fullmatch(r"(.+?)>(.+):(-?[\d.]+)", text)
        if between:
            a, b, share = self[between[1]], self[between[2]], float(between[3])
            return (1 - share) * a + share * b
        kind, colon, rest = text.partition(":")
        if colon:
            return self._measured(kind, [float(v) for v in rest.split(",")])
        return self[self.text[text]]

    def _measured(self, kind: str, given: list[float]) -> np.ndarray:
        if kind == "at":
            return np.array(given)
        if kind in ("back", "front", "side"):
            u, v, deep = (*given, 0.0)[:3]
            skin = self._skin(kind, u, v)
            _, normal, _ = self.surface.nearest(skin[None])
            straight = {"back": [0.0, 0, -1], "front": [0.0, 0, 1], "side": [1.0, 0, 0]}[kind]
            return skin - np.array(straight if deep > 15 else normal[0]) * deep / MM
        t, degrees, share = (*given, 1.0)[:3]
        origin, front, outer = self.limbs[kind].frame(t)
        turn = np.radians(degrees)
        direction = np.cos(turn) * front + np.sin(turn) * outer
        return origin + share * self._reach(kind, origin, direction) * direction

    def _skin(self, kind: str, u: float, v: float) -> np.ndarray:
        if kind == "side":
            # through() takes the coordinates in the order x, y, z without the axis: y, z
            return self.surface.through(0, v, u, largest=True)
        return self.surface.through(2, u, v, largest=kind == "front", with_arm=u > 1.35)

    def _reach(self, kind: str, origin: np.ndarray, direction: np.ndarray) -> float:
        """Distance from the bone's axis to the skin in a direction across it."""
        limb = self.limbs[kind]
        axis = (limb.end - limb.start) / np.linalg.norm(limb.end - limb.start)
        left = self.surface.points[:, 0] > (-9 if kind == "neck" else 0)
        weight = {"arm": self.surface.arm, "forearm": self.surface.arm}.get(kind)
        keep = left & ((weight > 0.05) if weight is not None else (self.surface.arm < 0.5))
        segments = self.surface.cut(origin, axis, keep)
        across = np.cross(axis, direction)
        a, b = segments[:, 0] - origin, segments[:, 1] - origin
        ya, yb = a @ across, b @ across
        hit = (ya < 0) != (yb < 0)
        t = (ya[hit] / (ya[hit] - yb[hit]))[:, None]
        ahead = (a[hit] + t * (b[hit] - a[hit])) @ direction
        ahead = ahead[ahead > 0.02]
        if not len(ahead):
            raise ValueError(f"no skin round {kind} at {origin.round(2)} towards {direction.round(2)}")
        return float(ahead.min() if kind in ("thigh", "shank") else ahead.max() if kind == "neck" else ahead.min())
