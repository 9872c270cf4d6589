"""Tests of askdoc.retrieve."""
