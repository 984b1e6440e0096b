"""Generated examples are judged by their answers; time is measured by tests of their own."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
