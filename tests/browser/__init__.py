"""A real browser looks at a real portal."""

import pytest

pytest.register_assert_rewrite("tests.browser.looking")
