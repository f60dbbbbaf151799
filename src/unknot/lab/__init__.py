"""The lab: people made up for measuring, the table of what is claimed and what is reached, and the benchmarks."""
