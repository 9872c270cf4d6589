"""Files that are made to cost time and memory, or to lead a reader astray; no bytes are kept."""
