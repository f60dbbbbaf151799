"""A scene as SVG: presentation attributes and ids only, nothing a strict content policy forbids inside a page."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Literal
from xml.sax.saxutils import escape

from unknot.body.load import NEUTRAL
from unknot.body.muscles import LIKE
from unknot.body.scene import DARK, LIGHT, Fill, Group, Item, Path, Scene, Shade, Words
from unknot.body.shapes import view_box

Theme = Literal["light", "dark", "variables"]


def to_svg(scene: Scene, *, theme: Theme = "light", art: str | None = "", ids: str = "plate") -> str:
    """Write a scene.

    theme: "variables" writes ``var(--plate-NAME, light colour)``, so that a page decides; files that stand alone use
    fixed colours. art: folder (URL) with the shading pictures, "" = inside the file as data, None = no shading.
    ids: prefix of ids, to keep two plates in one page apart.
    """
    return _Writer(scene, theme, art, ids).text()


class _Writer:
    def __init__(self, scene: Scene, theme: Theme, art: str | None, ids: str) -> None:
        self.scene, self.theme, self.art, self.ids = scene, theme, art, ids
        self.defs: list[str] = []
        self.blurs: dict[float, str] = {}
        self.masks: set[str] = set()
        self.unit = round(max(scene.box[2:]) / 960, 3)  # mm; whole numbers of it are half a pixel of a phone's screen

    def text(self) -> str:
        x, y, width, height = (_n(v) for v in self.scene.box)
        body = "".join(self._item(item) for item in self.scene.paint)
        clips = "".join(
            f'<clipPath id="{self.ids}-{name}"><path d="{self._cubics(paths, True)}" clip-rule="evenodd"/></clipPath>'
            for name, paths in self.scene.clips.items()
            if f"#{self.ids}-{name})" in body
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}" role="img">'
            f"<title>{escape(self.scene.title)}</title><defs>{clips}{''.join(self.defs)}</defs>"
            f'<g transform="scale({self.unit:g})">{body}</g></svg>\n'
        )

    def _colour(self, name: str) -> str:
        if self.theme == "variables":
            return f"var(--plate-{name},{LIGHT[name]})"
        return (DARK if self.theme == "dark" else LIGHT)[name]

    def _item(self, item: Item) -> str:
        if isinstance(item, Shade):
            return self._shade(item)
        if isinstance(item, Group):
            inside = "".join(self._item(one) for one in item.paint)
            above = " plate-above" if item.above else ""
            return f'<g class="plate-layer plate-{item.name}{above}">{inside}</g>' if inside else ""
        if isinstance(item, Words):
            x, y = (_n(v / self.unit) for v in item.at)
            return (
                f'<text x="{x}" y="{y}" text-anchor="middle" font-family="sans-serif" '
                f'font-size="{_n(item.size / self.unit)}" fill="{self._colour(item.colour)}">{escape(item.text)}</text>'
            )
        if not item.paths:
            return ""
        common = ""
        if item.opacity < 1:
            common += f' opacity="{item.opacity:g}"'
        if item.blur:
            common += f' filter="url(#{self._blur(item.blur)})"'
        if isinstance(item, Fill):
            d = self._polygons(item.paths) if item.straight else self._cubics(item.paths, True)
            rule = "" if item.straight else ' fill-rule="evenodd"'
            shape = f'<path d="{d}" fill="{self._colour(item.colour)}"{rule}{common}/>'
        else:
            if item.dash:
                common += f' stroke-dasharray="{_n(item.dash[0] / self.unit)} {_n(item.dash[1] / self.unit)}"'
            shape = (
                f'<path d="{self._cubics(item.paths, item.closed)}" fill="none" stroke="{self._colour(item.colour)}" '
                f'stroke-width="{item.width / self.unit:.1f}" stroke-linecap="round" stroke-linejoin="round"{common}/>'
            )
        # The clip stands outside the blur, so that a soft edge ends at the border.
        return f'<g clip-path="url(#{self.ids}-{item.clip})">{shape}</g>' if item.clip else shape

    def _blur(self, width: float) -> str:
        key = round(width / self.unit, 1)
        if key not in self.blurs:
            name = self.blurs[key] = f"{self.ids}-b{len(self.blurs)}"
            self.defs.append(
                f'<filter id="{name}" x="-20%" y="-20%" width="140%" height="140%">'
                f'<feGaussianBlur stdDeviation="{key:g}"/></filter>'
            )
        return self.blurs[key]

    def _shade(self, item: Shade) -> str:
        if self.art is None:
            return ""
        x, y, width, height = (round(v / self.unit, 1) for v in view_box(item.view, item.body))
        out = []
        for layer in ("shadow", "light"):
            name = f"{self.ids}-{layer}"
            if name not in self.masks:
                self.masks.add(name)
                stored = LIKE.get(item.view, item.view)
                kept = item.body if item.body != NEUTRAL else ""
                file = f"{stored}-{layer}.webp"
                # The app's folder of pictures is flat: a body's name stands before the file's.
                href = (
                    f"{self.art}/{f'{kept}-' if kept else ''}{file}"
                    if self.art
                    else _data(f"bodies/{kept}/{file}" if kept else file)
                )
                turn = ' transform="scale(-1 1)"' if stored != item.view else ""
                left = -(x + width) if turn else x
                self.defs.append(
                    f'<mask id="{name}" maskUnits="userSpaceOnUse" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" '
                    f'height="{_n(height)}"><image href="{href}" x="{_n(left)}" y="{_n(y)}" width="{_n(width)}" '
                    f'height="{_n(height)}" preserveAspectRatio="none"{turn}/></mask>'
                )
            out.append(
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{self._colour(layer)}" '
                f'mask="url(#{name})" opacity="{item.opacity:g}"/>'
            )
        inside = "".join(out)
        return f'<g clip-path="url(#{self.ids}-{item.clip})">{inside}</g>' if item.clip else inside

    def _cubics(self, paths: tuple[Path, ...], closed: bool) -> str:
        return self._steps(paths, "c", 3) if not closed else self._steps(paths, "c", 3, "z")

    def _polygons(self, paths: tuple[Path, ...]) -> str:
        return self._steps(paths, "l", 1, "z")

    def _steps(self, paths: tuple[Path, ...], letter: str, group: int, close: str = "") -> str:
        """Relative steps in whole units; the points of a group count from the end of the group before."""
        out = []
        for path in paths:
            units = [(round(x / self.unit), round(y / self.unit)) for x, y in path]
            x, y = units[0]
            numbers: list[int] = []
            for k in range(1, len(units), group):
                for px, py in units[k : k + group]:
                    numbers += (px - x, py - y)
                x, y = units[min(k + group, len(units)) - 1]
            steps = " ".join(map(str, numbers)).replace(" -", "-")
            out.append(f"M{units[0][0]} {units[0][1]}{letter}{steps}{close}")
        return "".join(out)


@cache
def _data(name: str) -> str:
    return "data:image/webp;base64," + b64encode(files("unknot.body").joinpath("data", name).read_bytes()).decode()


def _n(value: float) -> str:
    return f"{round(value, 1):g}"
