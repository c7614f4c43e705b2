"""What belongs into which room of an app, as far as a test can read it."""

import ast
import re

import pytest

from tests.architecture.sources import APPS, ROOT, code, files, found, functions, name

LONGEST = 400
NO_DRAWERS = {"utils", "util", "helpers", "helper", "core", "common", "misc", "shared", "base_utils"}


@pytest.mark.parametrize("pattern", ["*.py", "*.html", "*.css", "*.js"])
def test_no_file_is_longer_than_one_reads_in_one_go(pattern):
    long = {
        name(path): lines
        for path in files(pattern)
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST
    }

    assert long == {}


def test_no_junk_drawers():
    drawers = [name(path) for path in files("*.py") if NO_DRAWERS & {path.stem, *path.parts}]

    assert drawers == []


def test_no_empty_rooms():
    empty = [name(path) for path in code() if path.name != "__init__.py" and not path.read_text().strip()]

    assert empty == []


def doors():
    """Give every public service: the functions of services.py, or those that services/__init__.py hands out."""
    for path in code("services"):
        package = path.with_name("__init__.py") if path.parent.name == "services" else None
        for function in functions(path):
            handed_out = re.search(rf"\b{function.name}\b", package.read_text()) if package else True
            if handed_out and not function.name.startswith("_"):
                yield path, function


def test_services_say_what_they_do():
    silent = [f"{name(path)}: {it.name}" for path, it in doors() if not (it.returns and ast.get_docstring(it))]

    assert silent == []


def test_deeds_are_called_by_name():
    by_position = [
        f"{name(path)}: {function.name}"
        for path, function in doors()
        if any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
        and (function.args.args or function.args.posonlyargs)
    ]

    assert by_position == []


def test_services_know_no_request():
    rooms = code("services", "models")

    assert found(re.compile(r"import.*\b(HttpRequest|HttpResponse|messages)\b|\brequest[:,)]|\.enqueue\("), rooms) == []


def test_no_transaction_spans_a_request():
    settings = files("*.py", under=("lms/settings",))

    assert found(re.compile("ATOMIC_REQUESTS"), settings) == []
    assert found(re.compile(r"@(transaction\.)?atomic\b"), code("views", "middleware")) == []


def test_forms_write_nothing_themselves():
    writing = [
        f"{name(path)}: {part.name}.save"
        for path in code("forms")
        for part in ast.parse(path.read_text()).body
        if isinstance(part, ast.ClassDef)
        for member in part.body
        if isinstance(member, ast.FunctionDef) and member.name == "save"
    ]

    assert writing == []


def test_wagtails_admin_is_the_only_admin():
    assert found(re.compile(r"django\.contrib\.admin\b|admin\.site\b"), files("*.py", under=APPS)) == []
    assert [name(path) for path in code("admin")] == []


def test_every_relative_link_in_the_documents_leads_somewhere():
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")

    dead = [
        f"{name(path)}: {target}"
        for path in files("*.md")
        if "content" not in path.parts
        for target in link.findall(path.read_text())
        if not (path.parent / target).exists()
    ]

    assert dead == []


def test_development_pins_what_the_site_pins():
    pin = re.compile(r"^([\w.\[\]-]+)==([^\s\\]+)", re.M)

    site = set(pin.findall((ROOT / "requirements.txt").read_text()))
    development = set(pin.findall((ROOT / "requirements-dev.txt").read_text()))

    assert site - development == set()
