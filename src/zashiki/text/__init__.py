"""Pure rules about text: scripts, what can be seen, names and emoji."""
