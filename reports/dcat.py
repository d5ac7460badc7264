"""Describe the open data as DCAT-AP-NL 3.0 in JSON-LD, for registers of data sets (WOO-02).

Pure: facts in, what JSON can hold out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_LISTS = "http://publications.europa.eu/resource/authority"
LICENCE = f"{_LISTS}/licence/CC0"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, and where questions go."""

    name: str
    uri: str
    contact_url: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a data set; `format` is a code of the list of file types, such as CSV."""

    title: str
    page_url: str
    url: str
    format: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set over a period, in both languages; `frequency` is a code such as QUARTERLY."""

    url: str
    title: dict[str, str]
    description: dict[str, str]
    frequency: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    modified_at: dt.datetime | None
    distributions: tuple[Distribution, ...]


def catalogue(
    url: str,
    datasets: Iterable[Dataset],
    *,
    title: dict[str, str],
    description: dict[str, str],
    publisher: Publisher,
) -> Json:
    """Describe all data sets and who stands for them."""
    return {
        "@context": CONTEXT,
        "@id": url,
        "@type": "dcat:Catalog",
        "dct:title": _texts(title),
        "dct:description": _texts(description),
        "dct:publisher": _agent(publisher),
        "dcat:contactPoint": _contact(publisher),
        "dct:license": {"@id": LICENCE},
        "dct:language": _languages(),
        "foaf:homepage": {"@id": url.rpartition("/")[0] + "/"},
        "dcat:dataset": [_dataset(each, publisher) for each in datasets],
    }


def _dataset(dataset: Dataset, publisher: Publisher) -> Json:
    described = {
        "@id": dataset.url,
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.url,
        "dct:title": _texts(dataset.title),
        "dct:description": _texts(dataset.description),
        "dct:publisher": _agent(publisher),
        "dct:creator": _agent(publisher),
        "dcat:contactPoint": _contact(publisher),
        "dct:accessRights": {"@id": f"{_LISTS}/access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": f"{_LISTS}/frequency/{dataset.frequency}"},
        "dct:license": {"@id": LICENCE},
        "dct:language": _languages(),
        "dcat:theme": [{"@id": f"{_LISTS}/data-theme/{theme}"} for theme in ("SOCI", "GOVE")],
        "dcat:landingPage": {"@id": dataset.url},
        "dcat:distribution": [_distribution(each) for each in dataset.distributions],
    }
    if dataset.starts_on and dataset.ends_on:
        described["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(dataset.starts_on, "date"),
            "dcat:endDate": _typed(dataset.ends_on, "date"),
        }
    if dataset.modified_at:
        described["dct:modified"] = _typed(dataset.modified_at, "dateTime")
    return described


def _distribution(file: Distribution) -> Json:
    return {
        "@id": file.url,
        "@type": "dcat:Distribution",
        "dct:title": file.title,
        "dcat:accessURL": {"@id": file.page_url},
        "dcat:downloadURL": {"@id": file.url},
        "dct:license": {"@id": LICENCE},
        "dct:format": {"@id": f"{_LISTS}/file-type/{file.format}"},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{file.media_type}"},
    }


def _agent(publisher: Publisher) -> Json:
    return {"@id": publisher.uri, "@type": "foaf:Agent", "foaf:name": publisher.name}


def _contact(publisher: Publisher) -> Json:
    return {
        "@type": "vcard:Organization",
        "vcard:fn": publisher.name,
        "vcard:hasURL": {"@id": publisher.contact_url},
    }


def _languages() -> list[Json]:
    return [{"@id": f"{_LISTS}/language/{code}"} for code in ("NLD", "ENG")]


def _texts(texts: dict[str, str]) -> list[Json]:
    return [{"@language": language, "@value": text} for language, text in texts.items()]


def _typed(value: dt.date, kind: str) -> Json:
    return {"@type": f"xsd:{kind}", "@value": value.isoformat()}
