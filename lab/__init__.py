"""What measures and trains askdoc; it uses askdoc's public names only and is not installed."""
