"""The numbers of the generator, with the reason for each. Set once, and not from what a detector reaches.

``memory`` = from general knowledge, unchecked; ``ours`` = a guess about size. Probabilities unless said otherwise.
"""

from __future__ import annotations

# --- Who comes ---
# Where the complaint is felt; ours, in the order of how common such pain is in general practice (memory).
COMPLAINTS = {
    "low_back_buttock": 0.32,
    "neck": 0.24,
    "shoulder_arm": 0.19,
    "hip_leg": 0.1,
    "head": 0.08,
    "mid_back_chest": 0.07,
}
MUSCLE_ONLY = 0.72  # a tender spot and nothing else; ours
# Spots in the buttock were found in 76 % of people with a lumbar nerve root (Clin J Pain 2016;32:666); size ours.
MUSCLE_AND_ROOT = 0.05
SENSITISED = 0.15  # smear their pain and report background pain
BACKGROUND_TIMES = 4.0  # so much more of it
CARELESS = 0.1  # answer a good part of the questions wrongly; ours

# --- Which spots ---
UNMEASURED_SHARE = 0.1  # active share of a muscle that nobody counted; ours
MORE_SPOTS = 1.2  # mean of further active spots; examiners counted 1.8 active in neck pain, 3.5 in low back pain
CHAIN_REACH = 1.3  # steps over neighbouring regions in which a further spot falls off to 1/e; ours
# Times as likely: antagonists, the same muscle, muscles whose spot lies in the pain of the first (memory).
CHAIN_TIES = 3.0
SAME_SIDE = 0.8

# --- What is felt ---
JITTER = 1.0  # logit standard deviation of every weight from person to person
PRIMARY = 0.8  # middle chance that a primary region belongs to this person's pain
SECONDARY = 0.3
DOUBTFUL = 0.1
AT_THE_SPOT = 0.4  # pain also where the spot lies, if that is not in its pattern
SMEAR, SMEAR_SENSITISED = 0.06, 0.2  # pain runs over into a neighbouring region
BACKGROUND = 0.15  # mean number of painful regions of no importance

# --- What is drawn: set so that two drawings of one person overlap by 0.42 (Jaccard; 31 people with shoulder pain) ---
DRAW_MIDDLE = 1.0  # strength of pain that is drawn every second time
DRAW_WIDTH = 1.5
SHIFT = 0.2  # a mark lands on a neighbouring region
OVERDRAW = 0.05  # a mark also covers a neighbour
WRONG_SIDE = 0.04  # the whole drawing on the other side

# --- What is answered ---
SKIPPED = (1.0, 9.0)  # Beta: share of questions that a person leaves out
NOT_SURE = (1.0, 12.0)  # Beta: share answered "not sure"
WRONG, WRONG_CARELESS = 0.05, 0.2
AGGRAVATOR = 0.45  # middle chance that a movement that loads a sore muscle is named
STRAY_MOVEMENTS = 1.2  # mean number of movements named without a reason
SHORTENED = 0.35  # middle chance that a shortened movement is noticed
SIDE_MIXED_UP = 0.15  # ... on the wrong side
ACTIVITY = 0.3  # middle chance that an activity that loads the muscle is part of this person's life
STRAY_ACTIVITIES = 2.0

# --- What pressing does ---
# Skill 0 is a guess about lay people, since no study of self-palpation was found (tender 0.6 / 0.4, recognised
# 0.5 / 0.2 with and without a spot). Skill 1 is what kappa between examiners implies if both err alike: kappa =
# (2 s - 1)^2 at half prevalence, so 0.676 for tenderness gives s = 0.91 and 0.575 for recognition s = 0.88
# (meta-analysis, PMID 28098584).
TENDER_LAY, TENDER_EXPERT = (0.6, 0.4), (0.91, 0.09)
FAMILIAR_LAY, FAMILIAR_EXPERT = (0.5, 0.2), (0.88, 0.12)
AIM = {"superficial": 0.9, "intermediate": 0.75, "deep": 0.55}  # the finger finds the spot; ours
NEXT_SPOT = (
    0.5  # how much of an active spot of the same muscle in the same region is felt when pressing beside it; ours
)
OTHER_MUSCLE = 0.25  # ... of another muscle that lies there; ours
LATENT = 0.2  # tender, but not the pain: upper trapezius 20-23 % and leg muscles 20-37 % of healthy people
SPREADS = 0.4  # a familiar press also brings on pain elsewhere in the pattern; ours
SPREAD_NOT_TOLD = 0.3
