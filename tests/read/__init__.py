"""Tests of askdoc.read."""
