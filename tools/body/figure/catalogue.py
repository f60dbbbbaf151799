"""Every posture x tool x body area that a session can contain, from the knowledge itself, and the pictures for them."""

from __future__ import annotations

from collections.abc import Mapping

from unknot.dose.load import load_steps
from unknot.knowledge import load
from unknot.knowledge.model import Knowledge
from unknot.safety.sites import site_plans

# Home regions of sites, by the area that one picture stands for.
AREAS: Mapping[str, tuple[str, ...]] = {
    "head": ("head_temple", "head_side", "head_ear", "head_forehead"),
    "jaw": ("face_cheek", "face_jaw"),
    "neck": ("neck_back_upper", "neck_back_lower", "head_occiput"),
    "shoulder_top": ("neck_angle", "suprascapular"),
    "shoulder_front": ("shoulder_front",),
    "shoulder_side": ("shoulder_side", "shoulder_back"),
    "blade": ("scapula_body", "scapula_medial_border", "scapula_inferior_angle", "interscapular", "armpit_back"),
    "mid_back": ("midback_paraspinal", "back_lower_ribs"),
    "low_back": ("lumbar_paraspinal", "lumbar_lateral", "sacrum"),
    "chest": ("chest_upper", "chest_sternal", "chest_breast"),
    "flank": ("chest_side",),
    "buttock": ("buttock_upper", "buttock_mid", "buttock_lower"),
    "hip": ("buttock_outer", "hip_front"),
    "thigh_back": ("thigh_back_lower",),
    "thigh_front": ("thigh_front_upper", "thigh_front_lower"),
    "thigh_inner": ("thigh_inner",),
    "thigh_outer": ("thigh_outer",),
    "shin": ("shin", "leg_outer"),
    "calf": ("calf_upper", "calf_lower"),
    "upper_arm": ("arm_front", "arm_side", "arm_back"),
    "forearm": ("forearm_radial", "forearm_ulnar", "forearm_back", "elbow_outer"),
}
# Where the sentence of a position leaves the knees open, or bends them, the picture with bent knees stands for both.
SAME = {
    ("floor_supine", tool, area): ("floor_supine_knees_bent", tool, area)
    for tool, area in (("massage_ball", "neck"), ("foam_roller", "buttock"))
}
SAME_POSTURE = {("hand_held", "fingers"): "seated"}  # the sentence leaves sitting or standing open: drawn sitting
Key = tuple[str, str, str]


def area_of() -> dict[str, str]:
    """Home region -> area."""
    return {region: area for area, regions in AREAS.items() for region in regions}


def needed(knowledge: Knowledge | None = None) -> list[Key]:
    """Every (posture, tool, area) of some site that nothing but a person's own facts could rule out."""
    knowledge = knowledge or load()
    areas = area_of()
    found = {
        (posture, knowledge.access[access].tool, areas[plan.site.home])
        for site, plan in site_plans(knowledge).items()
        for access in plan.access
        for posture in knowledge.access[access].postures_at(plan.site.home)
        if load_steps(access, posture, site, knowledge)
    }
    return sorted(found)


def drawn_as(key: Key) -> Key:
    """The picture that stands for a key: itself, or one that shows the same."""
    posture, tool, area = key
    key = (SAME_POSTURE.get((posture, tool), posture), tool, area)
    return SAME.get(key, key)
