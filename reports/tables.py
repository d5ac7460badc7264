"""The frozen facts of any report as tables, and those as files; nothing else is read (R-290)."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import IO, Any, get_args, get_origin, get_type_hints

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports import definitions, facts, published
from reports.definitions.correcting import TERMS
from reports.definitions.lasting import Lasting
from reports.definitions.people import People, Work
from reports.facts.checking import ACCOUNTS
from reports.jobs_figures import Counted, Jobs
from reports.models import Report
from sroi_portal.core import table_files
from sroi_portal.core.table_files import Table

type Words = dict[str, str | Promise]

LABELS: Words = {
    **TERMS,
    **ACCOUNTS,
    "joined_authorities": gettext_lazy("Contracting authorities taken together"),
    "joined_categories": gettext_lazy("Categories taken together"),
    "label": gettext_lazy("Name"),
    "authority": gettext_lazy("Contracting authority"),
    "authorities": gettext_lazy("Contracting authorities"),
    "absent": gettext_lazy("Authorities that are left out"),
    "silent_suppliers": gettext_lazy("Suppliers that reported nothing"),
    "supplier_kvk": gettext_lazy("KvK number"),
    "counts_unchecked": gettext_lazy("Counts what was not checked in time"),
    "signal_label": gettext_lazy("Signal"),
    "number": gettext_lazy("Number"),
    "cut_off_at": gettext_lazy("Figures up to and including"),
    "position": gettext_lazy("Ledger up to entry"),
    "rules_version": gettext_lazy("Rules of computation"),
    "corrects": gettext_lazy("Replaces report"),
    "reason": gettext_lazy("Reason"),
    "year": gettext_lazy("Year"),
    "norm_source": gettext_lazy("Source of the norm"),
    "contracts_count": gettext_lazy("Contracts"),
    "owed_eur": gettext_lazy("Owed"),
    "done_eur": gettext_lazy("Fulfilled"),
    "percentage": gettext_lazy("Fulfilled in per cent"),
    "expected_eur": gettext_lazy("Expected by now"),
    "forecast_low_eur": gettext_lazy("Forecast, low"),
    "forecast_high_eur": gettext_lazy("Forecast, high"),
    "waiting_eur": gettext_lazy("Waits for a decision"),
    "waiting_count": gettext_lazy("Contributions that wait for a decision"),
    "oldest_waiting_on": gettext_lazy("Oldest submitted on"),
    "late_eur": gettext_lazy("Waits too long"),
    "late_count": gettext_lazy("Contributions that wait too long"),
    "unchecked_count": gettext_lazy("Contributions that were not checked in time"),
    "verified_pct": gettext_lazy("Verified in per cent"),
    "unreported_count": gettext_lazy("Contracts that owe, and reported nothing"),
    "without_obligation_count": gettext_lazy("Contracts without an obligation in euros"),
    "unstated_count": gettext_lazy("Contracts with a period that nobody stated"),
    "version": gettext_lazy("Version"),
    "base": gettext_lazy("Base"),
    "base_eur": gettext_lazy("Base amount"),
    "rate_pct": gettext_lazy("Share in per cent"),
    "share_pct": gettext_lazy("Share in per cent"),
    "quantity_eur": gettext_lazy("Obligation"),
    "holds_from": gettext_lazy("Holds from"),
    "name": gettext_lazy("Table"),
    "publisher": gettext_lazy("Publisher"),
    "source": gettext_lazy("Source"),
    "valid_from": gettext_lazy("Valid from"),
    "norm_hours": gettext_lazy("Full-time week in hours"),
    "norm_assumed": gettext_lazy("Full-time week is assumed"),
    "contract": gettext_lazy("Contract"),
    "is_lead": gettext_lazy("Leads"),
    "verified_so_far_eur": gettext_lazy("Verified so far"),
    "submitted_so_far_eur": gettext_lazy("Submitted so far"),
    "awarded_count": gettext_lazy("Awarded in the year"),
    "awarded_eur": gettext_lazy("Owed on these"),
    "purchase_eur": gettext_lazy("Of which social purchase"),
    "subject": gettext_lazy("What it is about"),
    "category_code": gettext_lazy("Code of the category"),
    "authority_code": gettext_lazy("Code of the authority"),
    "months": gettext_lazy("Months after"),
    "people": gettext_lazy("People"),
    "answered": gettext_lazy("Of whom it is known what became of them"),
    "in_work": gettext_lazy("In work"),
    "learning": gettext_lazy("Learn for a trade"),
    "permanent": gettext_lazy("With a permanent contract"),
    "median_months": gettext_lazy("Months of work (the middle one)"),
    "hours_grown": gettext_lazy("Hours a week more (mean)"),
    "stated": gettext_lazy("Of whom the supplier says whether it would have happened anyway"),
    "anyway": gettext_lazy("Would have been hired anyway, says the supplier"),
    "displaced": gettext_lazy("Take the place of somebody else, says the supplier"),
    "quantity": gettext_lazy("How many"),
    "deadweight_pct": gettext_lazy("Would have happened anyway, in per cent"),
    "attribution_pct": gettext_lazy("Due to others, in per cent"),
    "displacement_pct": gettext_lazy("Takes the place of others, in per cent"),
    "gross_eur": gettext_lazy("Before what is taken off"),
    "net_eur": gettext_lazy("Social value, an estimate"),
    "ended": gettext_lazy("Work that ended"),
    "social": gettext_lazy("How the social value is estimated"),
    "social_table": gettext_lazy("Table of values"),
    "is_example": gettext_lazy("made-up values, as an example"),
    "social_total_eur": gettext_lazy("Social value, an estimate"),
    "what": gettext_lazy("What"),
    "summary": gettext_lazy("In short"),
    "outcome": gettext_lazy("What came out of it"),
    "took": gettext_lazy("What it took"),
    "helped": gettext_lazy("Whom it helped"),
    "before": gettext_lazy("Before"),
    "after": gettext_lazy("After"),
    "pilots_count": gettext_lazy("Pilots"),
    "people_so_far": gettext_lazy("People who found work in a pilot so far"),
    "lessons_count": gettext_lazy("Published lessons"),
    "reached_count": gettext_lazy("Lessons that changed a text, table or rule"),
    "phase": gettext_lazy("Phase"),
    "partners": gettext_lazy("Partners"),
    "question": gettext_lazy("Question"),
    "tried": gettext_lazy("What was tried"),
    "pilot": gettext_lazy("Pilot"),
    "learned": gettext_lazy("What was learned"),
    "differently": gettext_lazy("What to do differently"),
    "changed": gettext_lazy("Changed because of it"),
    "published_on": gettext_lazy("Published on"),
    "ends_in": gettext_lazy("Year"),
    "kind": gettext_lazy("Kind"),
    "wanted": gettext_lazy("Wanted"),
    "reached": gettext_lazy("Reached"),
    "due_on": gettext_lazy("At the latest on"),
    "ended_on": gettext_lazy("Given up on"),
    "story": gettext_lazy("What was told"),
    "told_on": gettext_lazy("Told of"),
    "asked_count": gettext_lazy("Contracts of which the rule asks social return"),
    "why": gettext_lazy("Why nothing is owed"),
    "owed": gettext_lazy("Owed"),
    "done": gettext_lazy("Fulfilled"),
    "submitted": gettext_lazy("Submitted"),
    "planned": gettext_lazy("Planned"),
    "in_words": gettext_lazy("In words"),
}
OF_ONE_TABLE: dict[tuple[str, str], str | Promise] = {
    ("social", "value_eur"): gettext_lazy("Worth of one"),
}
TITLES: Words = {
    "contract": gettext_lazy("The contract"),
    "total": gettext_lazy("All contracts"),
    "year_total": gettext_lazy("In the year"),
    "quality": gettext_lazy("Quality of the figures"),
    "by_authority": gettext_lazy("By contracting authority"),
    "by_category": gettext_lazy("By category"),
    "by_supplier": gettext_lazy("By supplier"),
    "by_year": gettext_lazy("By year of award"),
    "year_by_authority": gettext_lazy("In the year, by authority"),
    "year_by_category": gettext_lazy("In the year, by category"),
    "quality_by_authority": gettext_lazy("Quality by authority"),
    "quality_by_category": gettext_lazy("Quality by category"),
    "signals": gettext_lazy("Signals"),
    "attention": gettext_lazy("What needs attention"),
    "late": gettext_lazy("What waits too long"),
    "unreported": gettext_lazy("Who reported nothing"),
    "without_obligation": gettext_lazy("Without an obligation"),
    "uncovered": gettext_lazy("Why nothing is owed"),
    "periods": gettext_lazy("By period"),
    "parts": gettext_lazy("With other suppliers"),
    "members": gettext_lazy("Who carries which part"),
    "own": gettext_lazy("What is owed in another unit"),
    "obligations": gettext_lazy("Versions of the obligation"),
    "contracts": gettext_lazy("Each contract"),
    "tables": gettext_lazy("Value tables"),
    "people": gettext_lazy("People and hours"),
    "lasting": gettext_lazy("Lasting work"),
    "after": gettext_lazy("Lasting work"),
    "ended": gettext_lazy("Work that ended"),
    "social": gettext_lazy("How the social value is estimated"),
    "jobs": gettext_lazy("Banenafspraak"),
    "changes": gettext_lazy("What changed"),
    "stories": gettext_lazy("Stories"),
    "goals": gettext_lazy("Goals"),
    "pilots": gettext_lazy("Each pilot"),
    "places": gettext_lazy("Contracts of the pilots"),
    "people_by_year": gettext_lazy("People by year"),
    "lessons": gettext_lazy("Lessons"),
}
UNNAMED = {
    "uuid",
    "signal",
    "language",
    "changes",
    "quotes",
    "outcome_code",
}  # keys of ours; changes are a sheet
WIDE = {
    *("title", "label", "reason", "what", "subject", "contract", "supplier", "name", "summary"),
    *("outcome", "question", "tried", "learned", "differently", "changed", "partners", "pilot"),
    "in_words",
}


def tables_of(report: Report) -> list[Table]:
    """Lay out what was frozen, in the language of the report; a table without lines is left out."""
    found = definitions.read(report)
    with translation.override(report.language):
        headings = (_("Part"), _("What"), _("Value"))
        made = [Table(_("In short"), headings, list(_in_short(report, found)), (True, True))]
        made += _of_lines(found)
        if found.issue.changes:
            made.append(_table("changes", facts.Change, found.issue.changes))
        return made


def as_xlsx(report: Report) -> IO[bytes]:
    with translation.override(report.language):
        return table_files.workbook(tables_of(report))


def as_csv(report: Report) -> IO[bytes]:
    """Pack a file for each table; packed again it is the same file."""
    moment = timezone.localtime(report.issued_at).timetuple()[:6]
    made = io.BytesIO()
    with translation.override(report.language), zipfile.ZipFile(made, "w") as packed:
        for place, table in enumerate(tables_of(report), start=1):
            about = zipfile.ZipInfo(f"{place:02}-{slugify(table.name)}.csv", moment)
            about.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(about, table_files.csv_text(table))
    made.seek(0)
    return made


def _in_short(report: Report, found: facts.Facts) -> Iterator[Sequence[object]]:
    """Say which report this is, then what is true of the whole of it."""
    part = str(report.get_definition_display())
    yield part, _("Number"), found.issue.number
    yield part, _("Fingerprint of the facts (SHA-256)"), bytes(report.facts_sha256).hex()
    for name, value in _leaves_of(found.issue).items():
        if value and name != "number":
            yield part, str(LABELS[name]), value
    for field in fields(found):  # type: ignore[arg-type] # each kind is a dataclass
        name, value = field.name, getattr(found, field.name)
        if isinstance(value, str | int):
            yield part, str(LABELS[name]), value
        elif name in LABELS and isinstance(value, tuple):
            yield from ((part, str(LABELS[name]), each) for each in value)
        elif is_dataclass(value) and name not in {"issue", "people", "quality", "lasting", "jobs"}:
            for what, known in _leaves_of(value).items():
                yield str(TITLES[name]), str(LABELS[what]), known


def _of_lines(found: facts.Facts) -> Iterator[Table]:
    """Give a table for each list of lines of one kind, in the order of the facts."""
    hints = _hints(type(found))
    for name, hint in hints.items():
        value = getattr(found, name)
        if isinstance(value, People):
            if rows := list(_of_people(value)):
                headings = (_("Part"), _("Period"), _("People"), _("Hours"), _("Full-time years"))
                yield Table(str(TITLES[name]), headings, rows, (True,))
        elif isinstance(value, Lasting):
            yield from _of_lasting(value)
        elif isinstance(value, Jobs):
            yield from _of_jobs(value)
        elif name == "quality":
            known = _leaves_of(value).items()
            rows = [(str(LABELS[what]), each) for what, each in known if each is not None]
            yield Table(str(TITLES[name]), (_("What"), _("Value")), rows, (True,))
        elif value and get_origin(hint) is tuple and is_dataclass(get_args(hint)[0]):
            yield _table(name, get_args(hint)[0], value)


def _table(name: str, kind: Any, lines: Sequence[Any]) -> Table:
    """Lay out lines; people are hidden where a page hides them (R-308)."""
    names = list(_paths(kind))
    return Table(
        str(TITLES[name]),
        tuple(str(OF_ONE_TABLE.get((name, each), LABELS[each])) for each in names),
        [
            [
                published.HIDDEN if each == "people" and value is None else value
                for each, value in _leaves_of(line).items()
            ]
            for line in lines
        ],
        tuple(each in WIDE for each in names),
    )


def _leaves_of(thing: Any) -> dict[str, object]:
    """Read the fields of a line and of what it is made of; what has one name is one thing."""
    found: dict[str, object] = {}
    kind: Any = type(thing)
    for name, path in _paths(kind).items():
        value = thing
        for step in path:
            value = getattr(value, step)
        found[name] = value
    return found


@cache
def _paths(kind: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, hint in _hints(kind).items():
        part: Any = hint
        if is_dataclass(hint):
            for inner, path in _paths(part).items():
                found.setdefault(inner, (name, *path))
        elif name not in UNNAMED:
            found.setdefault(name, (name,))
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _of_people(people: People) -> Iterator[Sequence[object]]:
    """Give people and hours as the page does: what is hidden there is the same mark here (R-308)."""
    if people.whole_year:
        yield _("All authorities"), _("Whole year"), *_work(people.whole_year)
    lines = [people.total] if people.total else []
    for line in [*lines, *people.by_authority, *people.by_category]:
        for period, work in zip(people.quarters, line.quarters, strict=True):
            yield line.label, period, *_work(work)


def _of_lasting(lasting: Lasting) -> Iterator[Table]:
    """Give lasting work with the mark of what is hidden, then each line of the estimate."""
    for name in ("after", "ended", "social"):
        lines = getattr(lasting, name)
        if lines:
            made = _table(name, type(lines[0]), lines)
            rows = [
                [published.HIDDEN if each is None else each for each in row] for row in made.rows
            ]
            yield replace(made, rows=rows)
    if lasting.social_total_eur is not None:
        names = ("social_table", "is_example", "social_total_eur")
        known = [(str(LABELS[name]), getattr(lasting, name)) for name in names]
        yield Table(_("Social value, an estimate"), (_("What"), _("Value")), known, (True,))


def _work(work: Work) -> Sequence[object]:
    """Hide both or none; a year whose quarters are not all published has no hours at all."""
    if work.people is None:
        return (published.HIDDEN,) * 3
    return work.people, work.hours, work.full_time_years


def _of_jobs(jobs: Jobs) -> Iterator[Table]:
    if rows := list(_years_of(jobs)):
        headings = (_("Year"), _("What"), _("People"), _("Paid hours"), _("Jobs"))
        yield Table(str(TITLES["jobs"]), headings, rows, (False, True))


def _years_of(jobs: Jobs) -> Iterator[Sequence[object]]:
    """Give each year by part and by form; what is hidden is the same mark here (R-308)."""
    for year in jobs.years:
        social = year.social_return_only
        people = published.HIDDEN if social is None else social
        yield year.year, _("social return only"), people, None, None
        parts = [part for part in (year.both, year.jobs_only) if part]
        for line in (*parts, *year.forms, year.total, year.waiting):
            yield year.year, line.label, *_counted(line)


def _counted(line: Counted) -> Sequence[object]:
    if line.people is None:
        return (published.HIDDEN,) * 3
    return line.people, line.hours, line.jobs
