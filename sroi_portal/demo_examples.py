"""The library of the demo: examples, what people say, and one that still waits."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.models import Category, Contract, TargetGroup
from network import actions, magazine
from network.models import (
    ExampleStatus,
    GivenHow,
    GoodExample,
    Permission,
    Quote,
    QuoteUse,
)
from sroi_portal.core import jobs
from sroi_portal.core.models import Job, User

DAY = dt.timedelta(days=1)
TEXTS = Path(__file__).with_suffix(".toml")
OWN = ("by", "category", "groups", "years_ago")  # what stands for something else


def load(users: Mapping[str, User], *, now: dt.datetime) -> None:
    """Propose, review and publish, by two advisers."""
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    first = now - 360 * DAY
    examples = [
        _example(each, users, at=first + place * 20 * DAY)
        for place, each in enumerate(told["examples"])
    ]
    for place, example in enumerate(examples[:-1]):
        at = first + (place * 20 + 5) * DAY
        if place == 1:
            asked = "Wat kostte het? Collega's vragen daar altijd als eerste naar."
            actions.return_example(example, by=users["Ada"], at=at, reason=asked)
            actions.propose_example_again(example, by=example.proposed_by, at=at + DAY)
        actions.publish_example(example, by=users["Ada"], at=at + 2 * DAY)
    by_title = {example.title: example for example in examples}
    for each in told["quotes"]:
        _quote(each, by_title[each["example"]], users)
    for place, each in enumerate(told["editions"]):
        _edition(each, by_title, (users["Ada"], users["Ilse"]), at=now - (60 - 40 * place) * DAY)


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


def _edition(
    told: Mapping[str, Any],
    examples: Mapping[str, GoodExample],
    advisers: tuple[User, User],
    *,
    at: dt.datetime,
) -> None:
    """Compose and print it at once: one that waited for the worker could not be published."""
    composer, publisher = advisers
    chosen = [examples[title] for title in told["examples"]]
    quotes = Quote.objects.allowed(QuoteUse.MAGAZINE).filter(example__in=chosen)
    facts = {name: told[name] for name in ("number", "title", "figures")}
    facts |= {"foreword": told["foreword"].strip(), "examples": chosen, "quotes": list(quotes)}
    edition = actions.draft_edition(facts, by=composer, at=at)
    actions.compose_edition(edition, by=composer, at=at)
    edition.refresh_from_db()
    job = Job.objects.get(uuid=str(edition.job_uuid))
    magazine.print_edition(str(edition.uuid), job, now=lambda: at)
    jobs.finish(job, at=at)
    actions.publish_edition(edition, by=publisher, at=at + DAY)
