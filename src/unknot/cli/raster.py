"""A plate as pixels, with Pillow (extra ``pictures``): the same scene that the SVG writer reads."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise
from typing import Literal

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageOps

from unknot.body import view_box
from unknot.body.load import NEUTRAL
from unknot.body.muscles import LIKE
from unknot.body.scene import DARK, LIGHT, Fill, Group, Item, Line, Path, Scene, Shade, Words

FINE = 2  # drawn so many times larger, then reduced: smooth edges
STEPS = 6  # straight pieces of a cubic
Pixels = list[tuple[float, float]]


def to_image(scene: Scene, width: int = 960, theme: Literal["light", "dark"] = "light") -> Image.Image:
    """Draw a scene, ``width`` pixels wide. Text is left out."""
    return _Canvas(scene, width * FINE, DARK if theme == "dark" else LIGHT).picture(width)


class _Canvas:
    def __init__(self, scene: Scene, width: int, colours: dict[str, str]) -> None:
        self.scene, self.colours = scene, colours
        self.scale = width / scene.box[2]
        self.size = (width, round(scene.box[3] * self.scale))
        self.image = Image.new("RGB", self.size, colours["paper"])
        self.clips: dict[str, Image.Image] = {}

    def picture(self, width: int) -> Image.Image:
        for item in self.scene.paint:
            self._item(item)
        return self.image.resize((width, self.size[1] * width // self.size[0]), Image.Resampling.LANCZOS)

    def _item(self, item: Item) -> None:
        if isinstance(item, Shade):
            self._shade(item)
        elif isinstance(item, Group):
            for one in () if item.above else item.paint:
                self._item(one)
        elif not isinstance(item, Words) and item.paths:
            self._shape(item)

    def _shape(self, item: Fill | Line) -> None:
        straight = isinstance(item, Fill) and item.straight
        lines = [self._pixels(path, straight) for path in item.paths]
        spread = item.blur * self.scale * 3 + (item.width * self.scale if isinstance(item, Line) else 0) + 2
        box = self._around([p for line in lines for p in line], spread)
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        moved = [[(x - box[0], y - box[1]) for x, y in line] for line in lines]
        if isinstance(item, Fill):
            self._fill(mask, moved, even_odd=not item.straight)
        else:
            self._stroke(mask, moved, item)
        if item.blur:
            mask = mask.filter(ImageFilter.GaussianBlur(item.blur * self.scale))
        self._paint(item.colour, mask, box, item.opacity, item.clip)

    def _fill(self, mask: Image.Image, lines: list[Pixels], *, even_odd: bool) -> None:
        if even_odd and len(lines) > 1:
            for line in lines:
                one = Image.new("L", mask.size, 0)
                ImageDraw.Draw(one).polygon(line, fill=255)
                mask.paste(ImageChops.difference(mask, one))
        else:
            draw = ImageDraw.Draw(mask)
            for line in lines:
                draw.polygon(line, fill=255)

    def _stroke(self, mask: Image.Image, lines: list[Pixels], item: Line) -> None:
        draw, width = ImageDraw.Draw(mask), max(round(item.width * self.scale), 1)
        for line in lines:
            whole = [*line, line[0]] if item.closed else line
            for piece in _dashed(whole, item.dash, self.scale) if item.dash else [whole]:
                draw.line(piece, fill=255, width=width, joint="curve")

    def _paint(self, colour: str, mask: Image.Image, box: tuple[int, int, int, int], opacity: float, clip: str) -> None:
        if clip:
            mask = ImageChops.multiply(mask, self._clip(clip).crop(box))
        if opacity < 1:
            mask = mask.point([round(v * opacity) for v in range(256)])
        self.image.paste(ImageColor.getrgb(self.colours[colour]), box, mask)

    def _clip(self, name: str) -> Image.Image:
        if name not in self.clips:
            self.clips[name] = Image.new("L", self.size, 0)
            self._fill(self.clips[name], [self._pixels(p, False) for p in self.scene.clips[name]], even_odd=True)
        return self.clips[name]

    def _shade(self, item: Shade) -> None:
        x, y, width, height = view_box(item.view, item.body)
        stored = LIKE.get(item.view, item.view)
        whole = (0, 0, *self.size)
        left, top = (x - self.scene.box[0]) * self.scale, (y - self.scene.box[1]) * self.scale
        for layer in ("shadow", "light"):
            folder = () if item.body == NEUTRAL else ("bodies", item.body)
            with files("unknot.body").joinpath("data", *folder, f"{stored}-{layer}.webp").open("rb") as file:
                grey = Image.open(file).convert("L")
            if stored != item.view:
                grey = ImageOps.mirror(grey)
            # Picture point of each canvas point: only the part on the canvas is computed.
            a, b = grey.width / (width * self.scale), grey.height / (height * self.scale)
            placed = grey.transform(
                self.size, Image.Transform.AFFINE, (a, 0, -left * a, 0, b, -top * b), Image.Resampling.BICUBIC
            )
            self._paint(layer, placed, whole, item.opacity, item.clip)

    def _pixels(self, path: Path, straight: bool) -> Pixels:
        x0, y0 = self.scene.box[:2]
        points = path if straight else _flat(path)
        return [((x - x0) * self.scale, (y - y0) * self.scale) for x, y in points]

    def _around(self, points: Pixels, spread: float) -> tuple[int, int, int, int] | None:
        """Whole pixels round the points, cut to the canvas."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left, top = max(int(min(xs) - spread), 0), max(int(min(ys) - spread), 0)
        right, bottom = min(int(max(xs) + spread) + 1, self.size[0]), min(int(max(ys) + spread) + 1, self.size[1])
        return (left, top, right, bottom) if right > left and bottom > top else None


def _flat(path: Path) -> list[tuple[float, float]]:
    points = [path[0]]
    for k in range(1, len(path), 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[-1], *path[k : k + 3]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            u = 1 - t
            points.append(
                (
                    u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx,
                    u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy,
                )
            )
    return points


def _dashed(line: Pixels, dash: tuple[float, float], scale: float) -> list[Pixels]:
    on, off = dash[0] * scale, dash[1] * scale
    pieces: list[Pixels] = []
    gone = 0.0
    for (ax, ay), (bx, by) in pairwise(line):
        if gone % (on + off) < on:
            if pieces and pieces[-1][-1] == (ax, ay):
                pieces[-1].append((bx, by))
            else:
                pieces.append([(ax, ay), (bx, by)])
        gone += ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    return pieces
