"""Sentences about social return are quoted, with the percentages near them."""

import pytest

from contracts import notices

TERMS = "De opdrachtnemer besteedt aan social return van 5 % van de opdrachtwaarde. De invulling"


def quoted(notice):
    return [
        (found.term, found.place, found.text, found.percentages)
        for found in notices.social_return_sentences(notice)
    ]


def test_the_sentence_and_its_percentage_are_quoted(read):
    assert quoted(read("award")) == [
        (
            "BT-24",
            "",
            "De opdracht biedt werk aan mensen met een afstand tot de arbeidsmarkt.",
            (),
        ),
        (
            "BT-70",
            "LOT-0001",
            "De opdrachtnemer besteedt aan social return van 5 % van de opdrachtwaarde.",
            ("5 %",),
        ),
    ]


def test_each_keyword_is_found(read):
    assert quoted(read("reserved")) == [
        ("BT-24", "", "SROI maakt deel uit van de opdracht.", ()),
        (
            "BT-70",
            "LOT-0002",
            "Minimaal 2,5% van de loonsom gaat naar sociaal rendement; bij verlenging 3 procent.",
            ("2,5%", "3 procent"),
        ),
    ]


def test_a_notice_that_does_not_mention_it_has_no_sentence(read):
    assert quoted(read("withheld")) == []


@pytest.mark.parametrize(
    ("terms", "percentages"),
    [
        ("Social Return geldt. Het aandeel is 5,5 %. De invulling", ("5,5 %",)),
        ("Social-return geldt. " + "x " * 200 + "50 %. De invulling", ()),
        ("De social return is 5 % en nog eens 5 %. De invulling", ("5 %",)),
    ],
)
def test_a_percentage_counts_only_near_the_keyword(read, terms, percentages):
    notice = read("award", {TERMS: terms})

    assert quoted(notice)[1][3] == percentages


def test_a_long_sentence_is_shortened_around_its_keyword(read):
    (found,) = (
        text
        for _, place, text, _ in quoted(read("award", {TERMS: f"{'a ' * 500}sroi {'b ' * 500}."}))
        if place
    )

    assert "sroi" in found
    assert len(found) <= 604
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_a_sentence_has_the_label_of_its_term(read):
    assert str(notices.social_return_sentences(read("award"))[0].label)


def test_a_notice_without_description_is_no_trouble(read):
    described = '<cbc:Description languageID="NLD">Beveiliging van twee gebouwen.</cbc:Description>'

    assert quoted(read("withheld", {described: ""})) == []
