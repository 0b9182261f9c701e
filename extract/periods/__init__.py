"""Periods: dates, spans and horizons of Chinese text, exact or refused."""

from extract.periods.tagger import tag_periods

__all__ = ["tag_periods"]
