"""Prepare the database of `make run` without starting the site: what `make seed` calls."""

import subprocess
import sys

from machine import services, site
from machine.place import MachineError


def main() -> int:
    try:
        services.start()
        site.make_ready(site.environment())
    except MachineError as reason:
        print(reason, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as step:
        return step.returncode
    finally:
        services.release()
    return 0


if __name__ == "__main__":
    sys.exit(main())
