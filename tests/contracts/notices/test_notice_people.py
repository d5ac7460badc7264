"""Nobody in the XML leaves the reader."""

import json

import pytest
from lxml import etree

from contracts import notices

NAMES = ("award", "odd", "reserved", "withheld")
PEOPLE = (
    "Proef Contactpersoon",
    "Verzonnen",
    "Eigenaar",
    "Tweede Verkoper",
    "+31 70 000 00",
    "@voorbeeld.example",
)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_left_in_what_was_read(read, name):
    notice = read(name)
    everything = json.dumps(notice.as_json()) + repr(notice) + repr(notices.proposals(notice))

    assert [found for found in PEOPLE if found in everything] == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_left_in_what_is_stored(written, name):
    stored = notices.strip_personal(written(name))

    assert [found for found in PEOPLE if found.encode() in stored] == []
    for tag in ("Contact", "UltimateBeneficialOwner", "Telephone", "ElectronicMail"):
        assert etree.fromstring(stored).find(f".//{{*}}{tag}") is None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_reads_the_same(written, name):
    data = written(name)

    assert notices.read(notices.strip_personal(data)) == notices.read(data)


def test_a_mail_address_in_a_text_is_taken_out(read):
    subcontracting = read("odd").tenders[0].subcontracting

    assert subcontracting.description == "Vragen via [e-mail]"


def test_the_name_of_a_person_is_not_shown_in_public(read):
    notice = read("odd")
    person, firm = notice.winners
    (subcontractor,) = notice.tenders[0].subcontracting.subcontractors

    assert (person.is_person, person.name, person.public_name) == (True, "V. Oorbeeld", None)
    assert (firm.is_person, firm.public_name) == (False, "Leverancier Oost GmbH")
    assert subcontractor.natural_person
    assert subcontractor.public_name == "Sociale Onderneming Proef B.V."
