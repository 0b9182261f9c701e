"""Published text to claims: pure functions, with thin spaCy components around them."""
