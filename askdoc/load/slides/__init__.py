"""Presentations, slide by slide."""
