"""Numbers with a measurable meaning: found on the shadow, exact in value, or refused with a reason."""
