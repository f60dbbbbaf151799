"""Tools drawn to scale (decimetres; sizes from knowledge/tools.toml) and the little furniture a position needs."""

from __future__ import annotations

import numpy as np

Shape = tuple[np.ndarray, np.ndarray]


def sphere(centre: np.ndarray, radii: tuple[float, float, float] | float, rings: int = 24) -> Shape:
    """An ellipsoid with axes along the world's."""
    size = np.full(3, radii) if np.isscalar(radii) else np.array(radii)
    return grid(
        np.asarray(centre)
        + size
        * np.stack(
            [
                np.outer(np.sin(t := np.linspace(0, np.pi, rings)), np.cos(p := np.linspace(0, 2 * np.pi, 2 * rings))),
                np.outer(np.cos(t), np.ones_like(p)),
                np.outer(np.sin(t), np.sin(p)),
            ],
            -1,
        )
    )


def tube(line: np.ndarray, radius: np.ndarray | float, around: int = 20) -> Shape:
    """A round tube along a polyline (k, 3), closed at both ends with half balls."""
    line = np.asarray(line, float)
    radii = np.broadcast_to(radius, (len(line),)).astype(float)
    first, last = line[0] - line[1], line[-1] - line[-2]
    caps = np.linspace(0, np.pi / 2, 6)[1:]
    head = [line[0] + first / np.linalg.norm(first) * radii[0] * np.sin(a) for a in caps[::-1]]
    tail = [line[-1] + last / np.linalg.norm(last) * radii[-1] * np.sin(a) for a in caps]
    r = np.r_[radii[0] * np.cos(caps[::-1]), radii, radii[-1] * np.cos(caps)]
    path = np.vstack([head, line, tail])
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    up = np.eye(3)[np.abs(along[0]).argmin()]
    rows = []
    p = np.linspace(0, 2 * np.pi, around + 1)
    for point, way, size in zip(path, along, np.maximum(r, 1e-3), strict=True):
        up = up - way * (up @ way)  # carried along the tube without turning
        up = up / np.linalg.norm(up)
        rows.append(point + size * (np.outer(np.cos(p), up) + np.outer(np.sin(p), np.cross(way, up))))
    return grid(np.array(rows))


def box(low: tuple[float, float, float], high: tuple[float, float, float]) -> Shape:
    """A block with its faces along the world's axes."""
    corner = np.array([[(low, high)[(k >> a) & 1][a] for a in range(3)] for k in range(8)], float)
    quads = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    points = corner[quads].reshape(-1, 3)
    index = np.arange(24).reshape(6, 4)
    return points, np.concatenate([index[:, [0, 1, 2]], index[:, [0, 2, 3]]])


def join(*shapes: Shape) -> Shape:
    """Several shapes as one."""
    offsets = np.cumsum([0, *(len(p) for p, _ in shapes)])
    return np.concatenate([p for p, _ in shapes]), np.concatenate(
        [t + o for (_, t), o in zip(shapes, offsets, strict=False)]
    )


def moved(shape: Shape, matrix: np.ndarray, shift: np.ndarray) -> Shape:
    """Turned by a matrix whose columns are the new axes, then shifted."""
    return shape[0] @ np.asarray(matrix, float).T + np.asarray(shift, float), shape[1]


BALL = 0.32
ROLLER = 0.75


def ball() -> Shape:
    """A massage ball of 63 mm resting with its lowest point in the origin, y up."""
    return sphere(np.array([0, BALL, 0]), BALL)


def two_balls() -> Shape:
    """Two soft balls side by side along x, touching."""
    return join(sphere(np.array([-BALL, BALL, 0]), BALL), sphere(np.array([BALL, BALL, 0]), BALL))


def roller(length: float = 4.0) -> tuple[Shape, Shape]:
    """A foam roller of 15 cm across along x, lowest line in y = 0: its hull and its two end faces."""
    turn = np.linspace(0, 2 * np.pi, 49)

    def rim(x: float, r: float) -> np.ndarray:
        return np.stack([np.full_like(turn, x), ROLLER + r * np.cos(turn), r * np.sin(turn)], -1)

    hull = grid(np.array([rim(-length / 2, ROLLER), rim(length / 2, ROLLER)]))
    ends = [grid(np.array([rim(x, 0.3), rim(x, ROLLER)])) for x in (-length / 2, length / 2)]
    holes = [grid(np.array([rim(x * 0.9, 0.01), rim(x * 0.9, 0.31)])) for x in (-length / 2, length / 2)]
    return join(hull, *holes), join(*ends)


def lie_on() -> Shape:
    """The lie-on massager: a rounded base that rocks along z, with two soft knobs; 16 cm long, 6 cm high."""
    base = sphere(np.array([0, 0.27, 0]), (0.42, 0.27, 0.78))
    knobs = [sphere(np.array([0, 0.36, z]), (0.28, 0.26, 0.30)) for z in (-0.42, 0.42)]
    return join(base, *knobs)


def elbows() -> Shape:
    """The elbow-type massager: two elbows 9 cm apart along x on a curved foot, 9 cm high, a gap for the spine."""
    x = np.linspace(-1, 1, 25)
    foot = np.stack([0.75 * x, 0.16 + 0.10 * x**2, 0 * x], -1)
    arms = [
        np.array([[s * 0.70, 0.22, 0], [s * 0.66, 0.45, 0], [s * 0.55, 0.66, 0], [s * 0.46, 0.72, 0]]) for s in (-1, 1)
    ]
    return join(tube(foot, 0.16), *(tube(arm, np.array([0.16, 0.17, 0.18, 0.18])) for arm in arms))


def gun() -> Shape:
    """A massage gun whose head's tip is the origin, pointing along -y; the handle hangs towards +z."""
    head = sphere(np.array([0, 0.24, 0]), 0.24)
    rod = tube(np.array([[0, 0.4, 0], [0, 0.6, 0], [0, 0.85, 0]]), 0.1)
    motor = tube(np.array([[0, 0.95, 0], [0, 1.2, 0], [0, 1.75, 0]]), np.array([0.22, 0.27, 0.27]))
    handle = tube(np.array([[0, 1.5, 0.1], [0, 1.5, 0.8], [0, 1.5, 1.35]]), 0.19)
    return join(head, rod, motor, handle)


def grid(points: np.ndarray) -> Shape:
    """Triangles over an (a, b, 3) grid of points."""
    a, b = points.shape[:2]
    index = np.arange(a * b).reshape(a, b)
    p, q, r, s = index[:-1, :-1].ravel(), index[:-1, 1:].ravel(), index[1:, 1:].ravel(), index[1:, :-1].ravel()
    return points.reshape(-1, 3), np.concatenate([np.stack([p, q, r], 1), np.stack([p, r, s], 1)])
