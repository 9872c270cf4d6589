"""How good askdoc's answers are: `python -m lab.evaluation --data FOLDER` measures all of it.

`data` reads questions whose answers are known, `kept` tells which of them a network has not seen,
`asking` puts them to anything that has an `ask`, such as the `readers`, and `run` spreads that over
processes. `measures` (pure functions) and `figures` turn what came back into numbers, `compare`
sets those of two readers against each other, `report` prints and saves them, `plots` and `chart`
draw them.
"""
