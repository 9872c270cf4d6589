"""Questions written for askdoc on people's own documents, and how they are read and checked.

See the README beside this file. `rows` reads them, `written` turns what a person writes into rows,
and `python -m lab.training.questions` checks them all.
"""
