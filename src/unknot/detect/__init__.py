"""Which spot: the network, its posterior, the reasons, and the next best question."""

from unknot.detect.detector import Settled, detect
from unknot.detect.differ import Difference, differ

__all__ = ["Difference", "Settled", "detect", "differ"]
