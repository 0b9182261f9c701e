"""Words, names and trees from outside taggers, behind small protocols."""
