"""The graph: keep, link, judge, score, publish."""
