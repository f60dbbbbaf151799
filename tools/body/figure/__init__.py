"""Position pictures: the body posed by its own rig, a tool drawn to scale, traced into flat vector drawings."""
