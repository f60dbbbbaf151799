"""The bones behind the muscles, as wide lines and plain shapes between landmarks: enough to see what holds what."""

from __future__ import annotations

from typing import Any

import numpy as np

from .places import Places
from .surface import MM
from .views import POSES, SCALE, VIEWS

BACK, FRONT, SIDE = "back", "front", "left"
# width in mm (0 = closed shape), views, points
LINES: list[tuple[float, tuple[str, ...], str]] = [
    (
        0,
        (BACK,),
        "sup_angle spine_root med_border inf_angle lat_border_low lat_border_up back:1.46,5.05 back:1.20,5.50",
    ),
    (9, (BACK,), "spine_root scap_spine scap_spine_out acromion"),
    (11, (FRONT, BACK), "manubrium+0.06,0,0 clav_in clav_mid clav_lat acromion"),
    (21, (FRONT, BACK, SIDE), "at:1.72,5.06,0.18 arm:0.3,0,0 arm:0.6,0,0 arm:0.96,0,0"),
    (12, (FRONT, BACK, SIDE), "forearm:0.04,90,0.35 forearm:0.5,90,0.4 forearm:0.95,90,0.45"),
    (11, (FRONT, BACK, SIDE), "forearm:-0.02,-90,0.3 forearm:0.5,-90,0.4 forearm:0.95,-90,0.45"),
    (12, (BACK, SIDE, FRONT), "psis crest_back crest_top crest_lat crest_front asis"),
    (0, (BACK,), "back:0.0,1.60 back:0.30,1.56 psis sacral_edge sacral_low coccyx back:0.0,0.56"),
    (12, (FRONT,), "asis aiis pubis_rim pubis"),
    (13, (FRONT, BACK), "pubis pubic_ramus isch_tub"),
    (13, (BACK,), "psis+0.06,-0.2,0 at:0.72,0.72,-0.2 isch_tub"),
    (25, (FRONT, BACK, SIDE), "at:1.0,0.50,0.06 troch_top+-0.08,-0.10,0 thigh:0.2,0,0 thigh:0.5,0,0 thigh:0.96,0,0"),
    (23, (FRONT, BACK, SIDE), "shank:0.06,330,0.15 shank:0.3,320,0.4 shank:0.7,320,0.4 shank:0.98,300,0.3"),
    (10, (FRONT, BACK, SIDE), "fib_head fib_shaft fib_low mall_lat"),
    (32, (FRONT,), "patella_top+0.0,-0.10,0 patella_top+0,-0.22,0"),
    (26, (FRONT,), "front:0.0,5.36,5 front:0.0,4.6,5 xiphoid"),
    (10, (SIDE, FRONT), "condyle_mand mandible_angle mandible_low at:0.10,6.36,1.34"),
    (7, (SIDE, FRONT), "zygoma_back zygoma_mid zygoma_front"),
]
LEVELS = [*(f"C{k}" for k in range(2, 8)), *(f"T{k}" for k in range(1, 13)), *(f"L{k}" for k in range(1, 6))]


def bones(places: Places) -> dict[str, list[list[Any]]]:
    """View -> [width in mm, points in tenths of a millimetre] of the left half."""
    lines = [(width, views, names.split()) for width, views, names in LINES]
    for number in range(1, 13):
        names = [f"tp_T{number}", *(f"{k}_{number}" for k in ("ribang", "ribside", "ribfront", "ribtip"))]
        names = [name for name in names if name in places.text]
        back = [name for name in names if not name.startswith("ribfront")]
        front = [name for name in names if not name.startswith(("tp", "ribang", "ribtip"))]
        end = [f"front:0.16,{5.40 - 0.22 * number:.2f},6"] if number <= 7 else []
        lines += [(7.5, (BACK,), back), (7.5, (FRONT,), [*front, *end]), (7.5, (SIDE,), names)]
    lines += [(9, (BACK,), [f"sp_{k}+-0.02,0.05,0", f"sp_{k}+-0.02,-0.07,0"]) for k in LEVELS]
    out: dict[str, list[list[Any]]] = {view: [] for view in VIEWS}
    for width, views, names in lines:
        if len(names) < 2:
            continue
        rest = np.array([places[name] for name in names])
        for view in views:
            posed = places.surface.carried(rest, POSES[view])
            x, y, _ = VIEWS[view].project(posed)
            points = np.round(np.stack([x, -y], -1) * MM * SCALE).astype(int)
            out[view].append([width, points.ravel().tolist()])
    return out
