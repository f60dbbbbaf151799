"""Tools of the detector: people to fit the calibration on, and the fit itself."""
