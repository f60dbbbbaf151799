"""How much of a body's weight rests on a tool: a passive body in MuJoCo, run when the table is made, never in use."""
