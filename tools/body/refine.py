"""One step of Catmull-Clark subdivision, so that a coarse mesh does not show its facets at the outline."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array, vstack


def refine(quads: np.ndarray, count: int) -> tuple[csr_array, np.ndarray]:
    """Subdivide (m, 4) quads over ``count`` vertices.

    Returns the stencil S, so that ``S @ values`` carries any per-vertex values to the new vertices (old vertices
    first, then edges, then faces), and the new (4m, 4) quads. Vertices that no quad uses stay as they are.
    """
    faces = len(quads)
    ends = np.sort(np.stack([quads, np.roll(quads, -1, axis=1)], -1).reshape(-1, 2), axis=1)
    edges, edge_of = np.unique(ends, axis=0, return_inverse=True)
    edge_of = edge_of.reshape(faces, 4)
    of_face = _rows(np.repeat(np.arange(faces), 4), quads.ravel(), 0.25, (faces, count))
    # Edges: the mean of both ends and both faces; at a rim, of both ends.
    uses = np.bincount(edge_of.ravel(), minlength=len(edges))
    middle = _rows(np.repeat(np.arange(len(edges)), 2), edges.ravel(), 0.5, (len(edges), count))
    face_mean = _mean(edge_of.ravel(), np.repeat(np.arange(faces), 4), (len(edges), faces)) @ of_face
    inner = (uses == 2).astype(float)[:, None]
    of_edge = middle * (1 - 0.5 * inner) + face_mean * (0.5 * inner)
    # Vertices: (F + 2 R + (n - 3) P) / n with F, R the means of the faces and edge middles around; rims along the rim.
    around = _mean(quads.ravel(), np.repeat(np.arange(faces), 4), (count, faces)) @ of_face
    spokes = _mean(edges.ravel(), np.repeat(np.arange(len(edges)), 2), (count, len(edges))) @ middle
    valence = np.bincount(edges.ravel(), minlength=count).astype(float)
    rim = edges[uses == 1]
    along = _mean(rim.ravel(), np.repeat(np.flatnonzero(uses == 1), 2), (count, len(edges))) @ middle
    at_rim = np.bincount(rim.ravel(), minlength=count) > 0
    free = valence == 0
    n = np.maximum(valence, 1)[:, None]
    is_inner = (~at_rim & ~free).astype(float)[:, None]
    stay = csr_array(coo_array((np.ones(count), (np.arange(count), np.arange(count))), shape=(count, count)))
    of_vertex = (
        around * (is_inner / n)
        + spokes * (2 * is_inner / n)
        + stay * (is_inner * (n - 3) / n + 0.5 * at_rim[:, None] + free[:, None])
        + along * (0.5 * at_rim[:, None])
    )
    stencil = csr_array(vstack([of_vertex, of_edge, of_face]))
    edge_at, face_at = count + edge_of, (count + len(edges) + np.arange(faces))[:, None]
    new = [np.c_[quads[:, k], edge_at[:, k], face_at[:, 0], edge_at[:, k - 1]] for k in range(4)]
    return stencil, np.concatenate(new)


def _rows(rows: np.ndarray, columns: np.ndarray, value: float, shape: tuple[int, int]) -> csr_array:
    return csr_array(coo_array((np.full(len(rows), value), (rows, columns)), shape=shape))


def _mean(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    weight = 1 / np.maximum(np.bincount(rows, minlength=shape[0]), 1)
    return csr_array(coo_array((weight[rows], (rows, columns)), shape=shape))
