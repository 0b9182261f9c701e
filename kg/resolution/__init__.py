"""What became of predictions: evidence, rules, scores and records. Pure: no clock, no disk, no network."""
