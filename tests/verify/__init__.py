"""Tests of askdoc.verify."""
