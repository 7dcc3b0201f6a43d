"""scplanner: a calendar and contact organiser for people who work on smart cities."""

__version__ = "0.1.0"
