"""The reference solver of the dose model: a rigid tool pressed into layered soft tissue over bone.

Large-deformation finite elements, axisymmetric (balls, domes, tips) or plane strain (rollers), on scikit-fem. It is for
generators, verification and the designer's bench; nothing on the path of an assessment imports it.
Units throughout: mm, N, MPa (N/mm2); a plane-strain force is N per mm of length.
"""

from unknot.lab.reference.press import Curve, Press, press
from unknot.lab.reference.profile import Capped, FlatPunch, Sphere
from unknot.lab.reference.tissue import Layer

__all__ = ["Capped", "Curve", "FlatPunch", "Layer", "Press", "Sphere", "press"]
