"""The press: one door, bounded in memory and time, the same bytes every time."""

import contextlib
import hashlib
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

import pytest

from printing import press
from printing.press import Limits, PrintError, print_pdf
from tests.printing.reading import facts_of, text_of

GIB = 1024**3


def document(body: str, *, head: str = "") -> str:
    return f'<!doctype html><html lang="ro"><head><title>Titlu</title>{head}</head><body>{body}</body></html>'


PLAIN = document("<h1>Asistență</h1><p>Hei</p>")


def test_print_gives_a_tagged_document_with_title_and_language():
    pdf = print_pdf(PLAIN)

    assert facts_of(pdf) == {"language": "ro", "title": "Titlu", "pages": 1, "attachments": 0}
    assert pdf.pages == 1
    assert text_of(pdf).split() == ["Asistență", "Hei"]


def test_print_knows_its_number_of_pages():
    assert print_pdf(document('<p>1</p><p style="break-before:page">2</p>')).pages == 2


def test_same_html_gives_the_same_bytes_before_and_after_other_documents_and_in_another_worker():
    html = document('<p style="font-family: Chance Serif">Țară <b>și</b> <i>oameni</i></p>')
    first = print_pdf(html)
    print_pdf(document('<p style="font: 600 20pt Chance Display">Ceva cu totul altceva, în alte litere</p>'))

    again = print_pdf(html)
    press._stop_all()
    afresh = print_pdf(html)

    assert {hashlib.sha256(pdf).hexdigest() for pdf in (first, again, afresh)} == {hashlib.sha256(first).hexdigest()}


def test_bomb_is_stopped_in_time_and_the_next_print_works():
    quick = Limits(memory=GIB // 2, seconds=2)
    bomb = document('<div style="display:flex">' * 22 + "x")

    with pytest.raises(PrintError) as caught:
        print_pdf(bomb, limits=quick)

    assert caught.value.code == "timeout"
    assert print_pdf(PLAIN, limits=quick).pages == 1


def test_glutton_is_stopped_by_memory_and_the_next_print_works():
    small = Limits(memory=GIB // 4, seconds=60)

    with pytest.raises(PrintError) as caught:
        print_pdf(document("<p>cuvânt " * 300_000), limits=small)

    assert caught.value.code == "memory"
    assert print_pdf(PLAIN, limits=small).pages == 1


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param("<div>" * 5000, id="nested-boxes"),
        pytest.param(
            '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#a"/></g></svg>', id="self-using-drawing"
        ),
        pytest.param('<p style="--a:var(--b);--b:var(--a);color:var(--a)">x</p>', id="circular-variables"),
    ],
)
def test_malformed_document_leaves_the_press_working(bomb):
    with contextlib.suppress(PrintError):
        print_pdf(document(bomb))

    assert print_pdf(PLAIN).pages == 1


def test_worker_killed_in_the_middle_gives_a_clean_error_and_the_next_print_works():
    limits = Limits(memory=GIB // 2, seconds=30)
    print_pdf(PLAIN, limits=limits)
    worker = press._presses[limits]._worker
    threading.Timer(0.5, os.kill, (worker.pid, signal.SIGKILL)).start()

    with pytest.raises(PrintError) as caught:
        print_pdf(document('<div style="display:flex">' * 22 + "x"), limits=limits)

    assert caught.value.code == "failed"
    assert print_pdf(PLAIN, limits=limits).pages == 1


def test_worker_that_hangs_without_working_is_given_up():
    impatient = Limits(memory=GIB // 2, seconds=1)
    print_pdf(PLAIN, limits=impatient)
    os.kill(press._presses[impatient]._worker.pid, signal.SIGSTOP)

    with pytest.raises(PrintError) as caught:
        print_pdf(PLAIN, limits=impatient)

    assert caught.value.code == "timeout"
    assert print_pdf(PLAIN, limits=impatient).pages == 1


def test_worker_killed_while_idle_is_replaced_unnoticed():
    print_pdf(PLAIN)
    worker = press._presses[press.CHAPTER]._worker
    worker.kill()
    worker.wait()

    assert print_pdf(PLAIN).pages == 1


def test_threads_never_get_each_others_pages():
    words = [f"cuvânt{number}" for number in range(12)]

    with ThreadPoolExecutor(4) as pool:
        pages = pool.map(lambda word: print_pdf(document(f"<p>{word}</p>")), words)

    assert [text_of(pdf) for pdf in pages] == words


def test_forked_process_prints_with_a_worker_of_its_own():
    print_pdf(PLAIN)
    ours = press._presses[press.CHAPTER]._worker.pid
    reading, writing = os.pipe()

    child = os.fork()
    if child == 0:
        pdf = print_pdf(PLAIN)
        os.write(writing, f"{len(pdf)} {press._presses[press.CHAPTER]._worker.pid}".encode())
        press._stop_all()
        os._exit(0)
    os.waitpid(child, 0)

    size, theirs = os.read(reading, 100).split()
    assert (int(size), int(theirs) == ours) == (len(print_pdf(PLAIN)), False)


@pytest.mark.django_db
def test_printing_inside_a_transaction_is_refused():
    with transaction.atomic(), pytest.raises(PrintError) as caught:
        print_pdf(PLAIN)

    assert caught.value.code == "in_transaction"


@pytest.mark.django_db
def test_transaction_of_the_test_case_itself_does_not_count():
    assert connection.in_atomic_block

    assert print_pdf(PLAIN).pages == 1


def test_missing_engine_says_what_to_install(monkeypatch, tmp_path):
    # The engine looks for its library by name; a module of the same name that fails stands for a machine without it.
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.setattr(press, "PROJECT", tmp_path)
    (tmp_path / "printing").symlink_to(press.__file__.rsplit("/", 1)[0])
    press._stop_all()

    with pytest.raises(PrintError) as caught:
        print_pdf(PLAIN, limits=Limits(memory=GIB // 2, seconds=9))

    assert (caught.value.code, "apt-get install" in str(caught.value)) == ("engine_missing", True)
