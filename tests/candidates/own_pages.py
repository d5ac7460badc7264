"""A person with a letter: what the tests of the own page begin with."""

import re

from tests.client import PortalClient

CODE = "zonnebloem"


class Visitor(PortalClient):
    """Somebody without an account who scans the code of a letter."""

    def __init__(self, token, language="nl"):
        super().__init__()
        self.language, self.open_path = language, f"/my/{language}/open/{token}/"

    def choose(self, code=CODE, again=None):
        typed = {"do": "choose", "code": code, "again": again or code}
        return self.post(self.open_path, typed)

    def type_code(self, code=CODE):
        return self.post(self.open_path, {"do": "type", "code": code})

    def page(self, rest="", **typed):
        path = f"/my/{self.language}/{rest}"
        return self.post(path, typed) if typed else self.get(path)

    def text(self):
        return re.sub(r"\s+", " ", self.page().content.decode())
