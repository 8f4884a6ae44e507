"""A slow machine must not make a property test fail: no example has a deadline."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
