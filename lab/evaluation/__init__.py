"""How good askdoc's answers are: `python -m lab.evaluation --data FOLDER` measures all of it.

`data` reads questions whose answers are known, `asking` puts them to anything that has an `ask`,
`run` spreads that over processes, `measures` (pure functions) and `figures` turn what came back
into numbers, and `report` prints and saves them.
"""
