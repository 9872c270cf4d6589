"""Damages real documents in every way that comes to mind, and sees what the loaders make of it.

`python -m lab.fuzzing docx --seconds 60`; the README says what is looked for.
"""
