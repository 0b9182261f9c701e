"""Numbers with a measurable meaning: found on the shadow, exact in value, or refused with a reason."""

from extract.quantities.tagger import tag_quantities

__all__ = ["tag_quantities"]
