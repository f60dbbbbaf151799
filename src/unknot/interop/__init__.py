"""Engine values in the formats of other people's programs. Each is optional and imported where it is used."""
