"""The library of the demo: examples, what people say, and one that still waits."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.models import Category, Contract, TargetGroup
from network import actions
from network.models import ExampleStatus, GivenHow, GoodExample, Permission, QuoteUse
from sroi_portal.core import actions as core_actions
from sroi_portal.core.models import Authority, RoleName, User

DAY = dt.timedelta(days=1)
TEXTS = Path(__file__).with_suffix(".toml")
OWN = ("by", "category", "groups", "years_ago")  # what stands for something else


def load(users: Mapping[str, User], authority: Authority, *, now: dt.datetime) -> User:
    """Propose, review and publish; gives the second adviser."""
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    abel = core_actions.add_person(
        name="Abel",
        email="abel@overheid.example",
        authority=authority,
        roles=[RoleName.ADVISER],
        by=users["Adam"],
        at=now - 400 * DAY,
    )
    first = now - 360 * DAY
    examples = [
        _example(each, users, at=first + place * 20 * DAY)
        for place, each in enumerate(told["examples"])
    ]
    for place, example in enumerate(examples[:-1]):
        at = first + (place * 20 + 5) * DAY
        if place == 1:
            asked = "Wat kostte het? Collega's vragen daar altijd als eerste naar."
            actions.return_example(example, by=users["Ada"], at=at, remark=asked)
            actions.propose_example_again(example, by=example.proposed_by, at=at + DAY)
        actions.publish_example(example, by=users["Ada"], at=at + 2 * DAY)
    by_title = {example.title: example for example in examples}
    for each in told["quotes"]:
        _quote(each, by_title[each["example"]], users)
    return abel


def _example(told: Mapping[str, Any], users: Mapping[str, User], *, at: dt.datetime) -> GoodExample:
    proposer = users[told["by"]]
    category = Category.objects.get(code=told["category"])
    own = Contract.objects.filter(category=category, status="active").order_by("pk")
    facts = {name: value for name, value in told.items() if name not in OWN}
    return actions.propose_example(
        facts
        | {
            "category": category,
            "contract": None if told["by"] == "Sara" else own.first(),
            "groups": list(TargetGroup.objects.filter(code__in=told["groups"])),
            "year": at.year - told["years_ago"],
            "ask_person": proposer,
        },
        by=proposer,
        at=at,
    )


def _quote(told: Mapping[str, Any], example: GoodExample, users: Mapping[str, User]) -> None:
    """Record what somebody said, and publish it where the example stands in the library."""
    at = example.proposed_at + 10 * DAY
    uses = tuple(QuoteUse(use) for use in told["uses"])
    permission = Permission(at.date(), GivenHow.PAPER, uses)
    facts = {"example": example, "role": told["role"], "text": told["text"]}
    quote = actions.record_quote(facts, permission, by=example.proposed_by, at=at)
    example.refresh_from_db(fields=["status"])
    if example.status == ExampleStatus.PUBLISHED:
        actions.publish_quote(quote, by=users["Ada"], at=at + DAY)
