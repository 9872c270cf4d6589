"""Text as it was written, and what programs write as text: Markdown, JSON, notebooks, subtitles."""
