#!/usr/bin/env python
"""Runs Django's commands; settings default to development, production names its own."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foundation_site.settings.dev")
    execute_from_command_line(sys.argv)
