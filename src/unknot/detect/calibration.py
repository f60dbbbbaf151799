"""From the posterior of the network to a chance that holds for people who differ from it.

People's own referral, shifted drawings and contradictory answers make the network too sure. Above a knee its log-odds
are drawn together by one slope; the map is strictly increasing, so it never changes which spot is likelier. It is
fitted on made-up people of a second kind (``tools/detect/fit_calibration.py``), never on those of the validation table.
"""

from __future__ import annotations

import numpy as np

from unknot.detect.parameters import Calibration
from unknot.detect.problem import Floats


def calibrated(chance: Floats, given: Calibration) -> Floats:
    """Recalibrated probabilities of the same shape; 0 and 1 stay what they are."""
    knee = np.log(given.knee / (1.0 - given.knee))
    with np.errstate(divide="ignore"):
        log_odds = np.log(chance) - np.log1p(-chance)
    drawn = np.where(log_odds > knee, knee + given.slope * (log_odds - knee), log_odds)
    with np.errstate(over="ignore"):
        out: Floats = 1.0 / (1.0 + np.exp(-drawn))
    return out
