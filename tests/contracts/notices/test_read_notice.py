"""The command prints one JSON list, and fails where a file is no notice."""

import json

import pytest
from django.core.management import call_command


@pytest.fixture
def printed(capsys):
    def of(*files):
        status = 0
        try:
            call_command("read_notice", *map(str, files))
        except SystemExit as ended:
            status = ended.code
        return status, json.loads(capsys.readouterr().out)

    return of


def test_notices_are_printed_as_one_list(printed, written, tmp_path):
    files = []
    for name in ("award", "reserved"):
        files.append(tmp_path / f"{name}.xml")
        files[-1].write_bytes(written(name))

    status, items = printed(*files)

    assert status == 0
    assert [(item["file"], item["notice_type"]) for item in items] == [
        ("award.xml", "can-standard"),
        ("reserved.xml", "cn-standard"),
    ]


def test_an_unreadable_file_is_named_with_its_reason(printed, written, tmp_path):
    (tmp_path / "good.xml").write_bytes(written("award"))
    (tmp_path / "bad.xml").write_bytes(b"")

    status, items = printed(tmp_path / "bad.xml", tmp_path / "good.xml", tmp_path / "gone.xml")

    assert status == 1
    assert [set(item) for item in items[::2]] == [{"file", "error"}, {"file", "error"}]
    assert [item["file"] for item in items] == ["bad.xml", "good.xml", "gone.xml"]
    assert items[1]["notice_version"] == "01"
