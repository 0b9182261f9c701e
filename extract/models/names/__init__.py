"""Names of people, organisations and places by a trained network, beside LAC and the rules of mention."""
