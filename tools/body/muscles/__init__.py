"""Generator of the muscles: landmarks -> fibre patches -> views. Written to ``src/unknot/body/data/muscles``."""
