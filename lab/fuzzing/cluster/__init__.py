"""What a cluster and its writers may do at the worst moment, tried on a real one."""
