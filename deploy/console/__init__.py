"""Building and checking the console: pages of console/ made into files that any gateway can serve."""
