"""Pictures of the shell, made from what it really shows on a terminal."""
