"""The two windows that every journey is walked in."""

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
