"""Made-up people with known spots, by a mechanism of their own: nothing here may come from ``unknot.detect``.

The detector believes in independent spots and a table of strengths. These people have spots that come in chains,
patterns that differ from one person to the next, drawings that slip, answers that are missing or wrong, and some have
no muscle cause at all. What a detector reaches on them says how far it bears a world unlike its own model; it is no
proof about real people. The generator is frozen: ``frozen.toml`` holds the digest of its files, and a test compares.
"""

from unknot.lab.people.person import SEED, Simulated, digest, simulate

__all__ = ["SEED", "Simulated", "digest", "simulate"]
