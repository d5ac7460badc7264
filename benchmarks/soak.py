"""Kill workers under load, then search far for what valuation gets wrong: `make soak`."""

import os
import subprocess
import sys

STEPS = (("tests.soak",), ("pytest", "-q", "tests/contracts"))


def main() -> int:
    """Run both, also when the first fails."""
    environment = {**os.environ, "SOAK": "1", "TEST_DATABASE_NAME": "soak_sroi"}
    codes = [
        subprocess.run([sys.executable, "-m", *step], env=environment, check=False).returncode  # noqa: S603
        for step in STEPS
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
