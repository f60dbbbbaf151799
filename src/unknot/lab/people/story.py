"""How people with each kind of cause tend to answer. Directions are those of textbooks and studies; sizes are this
generator's own (memory), not those that the detector assumes."""

from __future__ import annotations

# P(yes) of a yes/no question by kind of cause; "else" for all other kinds. A question that is not here: 0.02.
# "muscle" = only tender spots; "root_leg" and "root_arm" = a nerve root of the low back or the neck.
YES: dict[str, dict[str, float]] = {
    "cough_shoots_limb": {"root_leg": 0.45, "root_arm": 0.3, "joint_or_disc": 0.1, "else": 0.05},
    "electric_bursts": {"root_leg": 0.45, "root_arm": 0.45, "muscle": 0.12, "else": 0.1},
    "heel_walk_weak": {"root_leg": 0.25, "else": 0.03},
    "toe_walk_weak": {"root_leg": 0.2, "else": 0.03},
    "arm_weakness": {"root_arm": 0.35, "muscle": 0.1, "else": 0.05},
    "leg_numb_or_tingling": {"root_leg": 0.7, "widespread": 0.35, "muscle": 0.12, "else": 0.08},
    "arm_numb_or_tingling": {"root_arm": 0.75, "widespread": 0.35, "muscle": 0.15, "else": 0.08},
    "seated_leg_straighten_limb_pain": {"root_leg": 0.75, "joint_or_disc": 0.25, "muscle": 0.2, "else": 0.1},
    "neck_back_and_turn_arm_pain": {"root_arm": 0.5, "muscle": 0.12, "else": 0.06},
    "bend_blocked_by_leg_pain": {"root_leg": 0.45, "muscle": 0.12, "joint_or_disc": 0.2, "else": 0.08},
    "press_reproduces_pain": {"muscle": 0.7, "widespread": 0.6, "joint_or_disc": 0.35, "visceral": 0.1, "else": 0.3},
    "tender_knot_felt": {"muscle": 0.6, "widespread": 0.5, "visceral": 0.1, "else": 0.25},
    "pain_unaffected_by_movement": {"visceral": 0.65, "unknown": 0.25, "muscle": 0.1, "else": 0.12},
    "pain_in_waves": {"visceral": 0.45, "else": 0.06},
    "belly_pain_after_meals": {"visceral": 0.25, "else": 0.05},
    "nausea_vomiting": {"visceral": 0.25, "else": 0.05},
    "night_waking_second_half": {"inflammatory": 0.6, "widespread": 0.4, "else": 0.15},
    "night_waking": {"inflammatory": 0.7, "widespread": 0.6, "else": 0.3},
    "nsaid_eases_48h": {"inflammatory": 0.7, "else": 0.3},
    "joint_or_heel_inflammation": {"inflammatory": 0.3, "else": 0.03},
    "psoriasis": {"inflammatory": 0.15, "else": 0.03},
    "inflammatory_bowel_disease": {"inflammatory": 0.08, "else": 0.01},
    "uveitis": {"inflammatory": 0.15, "else": 0.01},
    "family_spondyloarthritis": {"inflammatory": 0.2, "else": 0.04},
    "first_episode": {"else": 0.4},
    "smoker": {"else": 0.2},
    "headache": {"widespread": 0.6, "else": 0.2},
    "light_hurts": {"widespread": 0.2, "else": 0.05},
    "training_increase": {"muscle": 0.2, "else": 0.1},
    "hard_exercise_48h": {"muscle": 0.12, "else": 0.08},
    "limb_worse_than_spine": {"root_leg": 0.65, "root_arm": 0.65, "else": 0.1},
    "leg_length_difference": {"else": 0.08},
    "whiplash_past": {"else": 0.08},
}
ORGAN_YES: dict[str, dict[str, float]] = {
    "pain_with_exertion": {"heart": 0.7},
    "breathless": {"heart": 0.35},
    "chest_pain": {"heart": 0.85},
    "blood_in_urine": {"kidney": 0.4},
    "urine_burning": {"kidney": 0.3, "pelvic": 0.15},
    "belly_pain_after_meals": {"gall": 0.6, "stomach_pancreas": 0.6},
    "pain_in_waves": {"kidney": 0.7, "gall": 0.6, "pelvic": 0.5},
}
RARELY_YES = 0.02

# P(a quality is named) by kind.
QUALITIES: dict[str, dict[str, float]] = {
    "muscle": {"aching": 0.6, "dull": 0.4, "tight": 0.45, "deep": 0.35, "sore": 0.3, "stiff": 0.3, "pressing": 0.2}
    | {"stabbing": 0.15, "burning": 0.15, "sharp": 0.15, "tingling": 0.1, "throbbing": 0.08, "shooting": 0.08},
    "root": {
        "shooting": 0.5,
        "burning": 0.4,
        "tingling": 0.5,
        "electric": 0.35,
        "numb": 0.4,
        "sharp": 0.35,
        "aching": 0.35,
    },
    "joint_or_disc": {"aching": 0.5, "stiff": 0.5, "sharp": 0.3, "deep": 0.35, "dull": 0.3, "stabbing": 0.2},
    "inflammatory": {"stiff": 0.75, "aching": 0.55, "deep": 0.4, "dull": 0.35},
    "visceral": {"pressing": 0.35, "cramping": 0.4, "dull": 0.35, "deep": 0.35, "gnawing": 0.2, "sharp": 0.2},
    "widespread": {"aching": 0.7, "burning": 0.45, "sore": 0.5, "stiff": 0.5, "tingling": 0.35, "throbbing": 0.2},
    "unknown": {"aching": 0.45, "sharp": 0.25, "dull": 0.3, "burning": 0.2, "stabbing": 0.2},
}

# Movements that a cause brings on, by kind or by place; P(named) is knobs.AGGRAVATOR in the middle.
MOVEMENTS: dict[str, tuple[str, ...]] = {
    "root_leg": ("sitting_long", "bending_forward", "coughing", "driving", "putting_on_shoes", "lifting"),
    "root_arm": ("looking_up", "turning_head_to_painful_side", "neck_side_bending", "coughing"),
    "neck": ("turning_head", "looking_up", "looking_down", "driving"),
    "shoulder": ("overhead_reach", "raising_arm_sideways", "reaching_behind", "lying_on_side"),
    "elbow": ("gripping", "lifting", "carrying_at_side"),
    "mid_back": ("twisting", "deep_breath", "sitting_long"),
    "low_back": ("bending_forward", "sitting_long", "standing_long", "lifting", "arching_back", "rolling_in_bed"),
    "sacroiliac": ("standing_on_one_leg", "stairs", "rolling_in_bed", "standing_up_from_sitting"),
    "hip": ("walking", "putting_on_shoes", "getting_out_of_car", "hip_turning", "stairs"),
    "knee": ("stairs", "squatting", "kneeling", "walking_downhill"),
    "inflammatory": ("rest", "lying_on_back"),
    "widespread": (
        "standing_long",
        "walking",
        "lifting",
        "stress",
        "cold_draught",
        "touch_or_pressure",
        "sitting_long",
    ),
    "visceral": ("nothing_clear",),
}
SHORTENED: dict[str, tuple[str, ...]] = {
    "root_leg": ("back_forward", "leg_straight_raise"),
    "root_arm": ("neck_up",),
    "neck": ("neck_up", "neck_turn_left", "neck_turn_right"),
    "shoulder": ("arm_up", "arm_out_sideways", "hand_behind_back"),
    "low_back": ("back_forward", "back_backward"),
    "mid_back": ("back_turn",),
    "hip": ("hip_bend", "hip_turn"),
    "knee": ("knee_bend",),
    "inflammatory": ("back_forward", "back_side_left", "back_side_right"),
}
COMMON_MOVEMENTS = (
    "sitting_long", "bending_forward", "lifting", "standing_long", "walking", "driving", "turning_head", "looking_down",
    "overhead_reach", "stairs", "rolling_in_bed", "standing_up_from_sitting", "lying_on_side", "stress", "twisting",
    "carrying_at_side", "reaching_forward", "gripping", "running", "cold_draught",
)  # fmt: skip
COMMON_ACTIVITIES = (
    "desk_work", "sitting_long", "driving", "stress_tension", "phone_neck", "standing_long", "gardening",
    "lifting_work", "mouse_work", "running", "cycling", "weightlifting", "carrying_bag_shoulder",
    "sleep_on_side", "child_carrying",
)  # fmt: skip
CONDITIONS: dict[str, dict[str, float]] = {
    "widespread": {"fibromyalgia": 0.45, "migraine": 0.25},
    "inflammatory": {"inflammatory_arthritis": 0.2, "fused_spine_disease": 0.08},
    "root": {"disc_herniation": 0.35, "spinal_stenosis": 0.1},
    "else": {"hypertension": 0.2, "diabetes": 0.06, "migraine": 0.1, "anticoagulant": 0.04, "osteoporosis": 0.04},
}
SHAPES: dict[str, tuple[float, ...]] = {  # spot, area, line, band, whole_limb
    "muscle": (0.2, 0.55, 0.12, 0.08, 0.05),
    "root": (0.05, 0.15, 0.55, 0.1, 0.15),
    "else": (0.15, 0.55, 0.1, 0.12, 0.08),
}
STIFF_MINUTES = {"inflammatory": 60.0, "widespread": 40.0, "joint_or_disc": 15.0, "else": 8.0}  # median, log-normal
WEEKS = {"inflammatory": 80.0, "widespread": 150.0, "visceral": 3.0, "root": 8.0, "else": 10.0}  # median
BETTER: dict[str, dict[str, float]] = {
    "muscle": {"massage_or_pressure": 0.5, "heat": 0.5, "stretching": 0.4, "moving_about": 0.35, "rest": 0.3},
    "root": {"lying_flat": 0.35, "changing_position": 0.4, "walking": 0.25, "painkillers": 0.3},
    "inflammatory": {"exercise": 0.6, "moving_about": 0.6, "painkillers": 0.5, "heat": 0.3},
    "visceral": {"nothing": 0.4, "painkillers": 0.3, "leaning_forward": 0.15},
    "else": {"rest": 0.4, "heat": 0.3, "painkillers": 0.35, "changing_position": 0.3, "moving_about": 0.25},
}
