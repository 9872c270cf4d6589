"""Tests of askdoc.split."""
