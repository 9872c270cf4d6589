"""How fast askdoc is: `python -m lab.benchmarks` measures what users wait for.

Times of processes are given as ratios to a plain Python process that ran right before, because a
ratio means the same on every machine; the rest in milliseconds and megabytes a second. The readers
are measured on one core (`--only reader`), and beside Haystack where that is installed
(`--only haystack`, see `comparison.py`).
"""
