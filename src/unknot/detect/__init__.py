"""Which spot: the network, its posterior, the reasons, and the next best question."""

from unknot.detect.detector import Settled, detect

__all__ = ["Settled", "detect"]
