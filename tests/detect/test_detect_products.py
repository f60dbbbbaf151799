"""Products in pieces are the products themselves."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.detect.products import cross, product
from unknot.detect.subsets import apply, gather, one_site, spread

sizes = st.one_of(st.integers(1, 40), st.sampled_from([64, 128, 96, 200]))


@settings(max_examples=25, deadline=None)
@given(sizes, sizes, sizes, st.integers(0, 99))
def test_pieces_add_up_to_the_whole(n: int, k: int, m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    left, right = rng.random((n, k)), rng.random((k, m))
    np.testing.assert_allclose(product(left, right), left @ right, rtol=1e-12)
    np.testing.assert_allclose(cross(left.T, right), left @ right, rtol=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 11), st.integers(0, 3), st.integers(0, 99))
def test_one_site_by_matrices_is_one_site_by_passes_and_so_is_the_way_back(bits: int, rest: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    table, weights = rng.random((3, 1 << (bits + rest))), rng.random(bits)
    passes = np.concatenate([weights, np.zeros(rest)])[None, :].repeat(3, axis=0)
    np.testing.assert_allclose(apply(table, one_site(weights)), spread(table, passes), rtol=1e-12)
    back = [matrix.T for matrix in one_site(weights)]
    np.testing.assert_allclose(apply(table, back), gather(table, passes), rtol=1e-12)
