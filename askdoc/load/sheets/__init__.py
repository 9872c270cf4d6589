"""Spreadsheets and delimited tables, row by row as they are shown."""
