"""Layers of tissue as a mesh, and what they answer to a displacement: energy, force, stiffness.

Displacement is biquadratic; the volume ratio enters through its projection on discontinuous linear functions, element
by element (the Q2/P-1 pair, free of locking; Simo and Taylor 1991, DOI 10.1016/0045-7825(91)90100-K).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from skfem import Basis, ElementQuad2, ElementVector, FacetBasis, MeshQuad

from unknot.lab.reference import material
from unknot.lab.reference.material import Array

QUADRATURE = 4  # exact for the mass of biquadratic shapes on rectangles
CONTACT_QUADRATURE = 9  # five points a facet: the edge of contact lies inside one


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer, listed from the bone upwards. Thickness in mm, shear modulus in MPa, hardening without unit."""

    thickness: float
    shear: float
    hardening: float = 1e-6


@dataclass(frozen=True, kw_only=True)
class Tissue:
    """Layers bonded to each other and to rigid bone at z = 0, up to the skin at z = H; symmetric about r = 0."""

    layers: tuple[Layer, ...]
    radial: Array
    heights: Array
    layer_of_row: Array
    plane: bool = False
    bulk_ratio: float = 500.0

    @cached_property
    def mesh(self) -> MeshQuad:
        return MeshQuad.init_tensor(self.radial, self.heights)

    @cached_property
    def basis(self) -> Basis:
        return Basis(self.mesh, ElementVector(ElementQuad2()), intorder=QUADRATURE)

    @cached_property
    def skin(self) -> FacetBasis:
        top = self.mesh.facets_satisfying(lambda x: np.isclose(x[1], self.height), boundaries_only=True)
        return FacetBasis(self.mesh, ElementVector(ElementQuad2()), facets=top, intorder=CONTACT_QUADRATURE)

    @property
    def height(self) -> float:
        return float(self.heights[-1])

    @cached_property
    def layer(self) -> Array:
        """The layer's index of each element, shape (elements,)."""
        middle = self.mesh.p[1, self.mesh.t].mean(axis=0)
        return self.layer_of_row[np.searchsorted(self.heights, middle) - 1]

    @cached_property
    def shear(self) -> Array:
        return np.array([layer.shear for layer in self.layers])[self.layer][:, None]

    @cached_property
    def hardening(self) -> Array:
        return np.array([layer.hardening for layer in self.layers])[self.layer][:, None]

    @cached_property
    def free(self) -> Array:
        """Degrees of freedom that may move: not those on the bone, nor sideways on the axis."""
        bone = self.basis.get_dofs(lambda x: np.isclose(x[1], 0.0)).flatten()
        axis = self.basis.get_dofs(lambda x: np.isclose(x[0], 0.0))
        sideways = np.concatenate([axis.nodal["u^1"], axis.facet["u^1"]])
        return np.setdiff1d(np.arange(self.basis.N), np.concatenate([bone, sideways]))

    @cached_property
    def weight(self) -> Array:
        """Reference volume of each quadrature point (per mm of length in plane strain), shape (elements, points)."""
        return self.basis.dx * self._turn(self.basis)

    @cached_property
    def skin_weight(self) -> Array:
        return self.skin.dx * self._turn(self.skin)

    def _turn(self, basis: Basis) -> Array:
        points = np.asarray(basis.global_coordinates())
        # In plane strain the half width stands for both halves, so forces are those of the whole tool.
        return np.full_like(points[0], 2.0) if self.plane else 2 * np.pi * points[0]

    @cached_property
    def slopes(self) -> Array:
        """dF/du: shape (5, dofs of an element, elements, points)."""
        points = np.asarray(self.basis.global_coordinates())
        columns = []
        for (field,) in self.basis.basis:
            hoop = np.zeros_like(points[0]) if self.plane else np.asarray(field)[0] / points[0]
            grad = field.grad
            columns.append(np.stack([grad[0, 0], grad[0, 1], grad[1, 0], grad[1, 1], hoop]))
        return np.stack(columns, axis=1)

    @cached_property
    def projector(self) -> Array:
        """Onto linear functions of an element: (elements, points, points), applied to values at its points."""
        points = np.asarray(self.basis.global_coordinates())
        centred = points - points.mean(axis=2, keepdims=True)
        scale = np.abs(centred).max(axis=2, keepdims=True)
        q = np.stack([np.ones_like(points[0]), *(centred / scale)])
        mass = np.einsum("iep,jep,ep->eij", q, q, self.weight)
        return np.einsum("iep,eij,jeq,eq->epq", q, np.linalg.inv(mass), q, self.weight)

    def gradient(self, u: Array) -> Array:
        """F at the quadrature points, shape (5, elements, points)."""
        F = np.einsum("iaep,ae->iep", self.slopes, u[self.basis.element_dofs])
        F[[0, 3, 4]] += 1.0
        return F

    def pressure(self, F: Array) -> Array:
        """The volumetric answer kappa * projected (J - 1), MPa; positive in tension."""
        return self.bulk_ratio * self.shear * np.einsum("epq,eq->ep", self.projector, material.determinant(F) - 1)

    def energy(self, F: Array) -> float:
        volumetric = 0.5 * self.pressure(F) * (material.determinant(F) - 1)
        return float(((material.energy(F, self.shear, self.hardening) + volumetric) * self.weight).sum())

    def force(self, F: Array) -> Array:
        """The gradient of the energy with respect to every degree of freedom, N."""
        P = material.stress(F, self.shear, self.hardening) + self.pressure(F) * material.cofactor(F)
        local = np.einsum("iaep,iep->ae", self.slopes, P * self.weight)
        return np.bincount(self.basis.element_dofs.ravel(), local.ravel(), minlength=self.basis.N)

    def stiffness(self, F: Array) -> csr_matrix:
        """The Hessian of the energy, N/mm."""
        slope = material.cofactor_slope(F)
        A = material.stiffness(F, self.shear, self.hardening) + self.pressure(F) * slope
        local = np.einsum("iaep,ijep,jbep->abe", self.slopes, A * self.weight, self.slopes, optimize=True)
        dJ = np.einsum("iaep,iep->aep", self.slopes, material.cofactor(F))
        projected = np.einsum("epq,beq->bep", self.projector, dJ)
        local += np.einsum("aep,bep->abe", dJ * (self.bulk_ratio * self.shear * self.weight), projected, optimize=True)
        dofs = self.basis.element_dofs
        rows, columns = np.broadcast_arrays(dofs[:, None], dofs[None, :])
        return coo_matrix((local.ravel(), (rows.ravel(), columns.ravel())), shape=(self.basis.N,) * 2).tocsr()
