"""May we: red flags, precautions, stop rules and the gate before any session."""
