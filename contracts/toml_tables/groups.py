"""Target groups and kinds of evidence, as they stand in files."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from contracts.toml_tables.documents import Document
from contracts.toml_tables.fields import Fields


class Privacy(StrEnum):
    """How much a fact tells about a person, from least to most."""

    ORDINARY = "ordinary"
    DELICATE = "delicate"
    HEALTH = "art9"
    CRIMINAL = "art10"

    @property
    def rank(self) -> int:
        return list(Privacy).index(self)


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of proof; a file is the exception, and never for health or offences (R-033)."""

    code: str
    label_nl: str
    label_en: str
    issuer_nl: str
    issuer_en: str
    privacy: Privacy
    file_allowed: bool
    valid_months: int | None


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """People with a distance to the labour market, and how they show it."""

    code: str
    label_nl: str
    label_en: str
    privacy: Privacy
    evidence_kinds: tuple[str, ...]


def read_evidence_kinds(text: str) -> tuple[EvidenceKind, ...]:
    """Read kinds of evidence.

    :raises TableError: with each row that is wrong and why, as a file allowed for health.
    """
    document = Document(text)
    kinds = tuple(_evidence_kind(fields) for fields in document.rows("kinds"))
    document.finish()
    return kinds


def read_target_groups(text: str, evidence_kinds: Collection[str]) -> tuple[TargetGroup, ...]:
    """Read target groups, whose evidence must be among the kinds.

    :raises TableError: with each row that is wrong and why.
    """
    document = Document(text)
    groups = tuple(_target_group(fields, evidence_kinds) for fields in document.rows("groups"))
    document.finish()
    return groups


def _evidence_kind(fields: Fields) -> EvidenceKind:
    kind = EvidenceKind(
        code=fields.code("code"),
        label_nl=fields.text("nl"),
        label_en=fields.text("en"),
        issuer_nl=fields.text("issuer_nl", 120),
        issuer_en=fields.text("issuer_en", 120),
        privacy=fields.choice("privacy", Privacy.CRIMINAL, is_required=True),
        file_allowed=fields.flag("file_allowed", default=False),
        valid_months=fields.whole("valid_months"),
    )
    if kind.file_allowed and kind.privacy.rank >= Privacy.HEALTH.rank:
        fields.refuse(_("a file about health or offences is never allowed"))
    return kind


def _target_group(fields: Fields, evidence_kinds: Collection[str]) -> TargetGroup:
    group = TargetGroup(
        code=fields.code("code"),
        label_nl=fields.text("nl"),
        label_en=fields.text("en"),
        privacy=fields.choice("privacy", Privacy.CRIMINAL, is_required=True),
        evidence_kinds=fields.codes("evidence"),
    )
    check_evidence(fields, group.evidence_kinds, evidence_kinds)
    return group


def check_evidence(fields: Fields, named: Collection[str], known: Collection[str]) -> None:
    """Refuse evidence that is no kind of evidence."""
    for code in named:
        if code not in known:
            fields.refuse(_("“%(code)s” is not a known kind of evidence") % {"code": code})
