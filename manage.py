#!/usr/bin/env python
"""Django's command line for SROI-portaal."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def use_local_settings() -> None:
    """Read what `make run` uses, so that a command works by hand beside it."""
    if (
        not os.environ.get("SECRET_KEY")
        and Path(__file__).with_name(".local").joinpath("env").exists()
    ):
        from machine import services  # noqa: PLC0415 (not on a production machine)

        os.environ |= services.environment()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sroi_portal.settings")
    use_local_settings()
    execute_from_command_line(sys.argv)
