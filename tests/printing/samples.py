"""One sample of each paper, with letters, lengths and blocks that have caused trouble."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import translation

from manual.blocks import BodyBlock
from manual.text import read_text, stream
from manual.text.paper import Paper

TOKEN = "7Q4MK2XD9R0V5TZ8HJ3NWB6YEG"
VERIFY_URL = f"https://chance.example/verify/{TOKEN}/"
STAMP = "1a3081df56603766" * 4

CERTIFICATE = {
    "kind": "completion",
    "number": "CC 2026 / 0417",
    "token": TOKEN,
    "verify_url": VERIFY_URL,
    "verify_page": "https://chance.example/verify/",
    "issued": date(2026, 11, 10),
    "recipient": "Ștefănescu-Țîrlea Åse-Bjørg",
    "transcription": "",
    "profession": "psychologist, Centrul Comunitar Lunca",
    "course": "Counselling and assistance for trafficked persons",
    "starts": date(2026, 10, 12),
    "ends": date(2026, 11, 6),
    "minutes": 1350,
    "minutes_planned": 1440,
    "form": "blended: online, face to face, study visit",
    "place": "online · Iași · Oslo",
    "provider": {"name": "Asociația Exemplu", "line": "furnizor de formare, Iași", "number": ""},
    "signatories": [
        {"name": "Ioana Mărginean-Țuglea", "title": "Director"},
        {"name": "Ilinca Șerban-Țuțea", "title": "Course lead"},
    ],
    "project": "",
    "notice": None,
}

NAMES = [
    "Abăluță, Ștefan",
    "Åsnes, Bjørg",
    "Ștefănescu-Țîrlea-Brâncoveanu, Maria-Alexandrina",
    "Шевченко, Олена",
]

CHAPTER = """---
key: m01-1
number: "1.1"
title: Țară, oameni și ærlige ord
slug: tara
standfirst: One sentence that opens the chapter.
minutes: 90
tags: [definition]
reviewed: 2026-11-23
review_due: 2027-11-23
review: none
---
::: aims
- name the three elements;
- act on a reasonable ground.
:::

::: content-note
One fictional case, without violence.
:::

## First section {#first}

The first claim stands here.[^s40] In Romanian it is [trafic de persoane]{lang=ro}. The law was read.[^s41][^s40]

Read it [on the site](https://www.example.org/long/address) or in [the next chapter](manual:m01-2#child).

::: key-point
Help does not have to be paid for with a story.
:::

::: law {title="Help comes first" source="CETS 197, art. 12" as-of="2026-11-23" review-due="2027-11-23"}
Assistance must not depend on a statement.

### Romania
Law 678/2001.

### Norway
The penal code, section 257.
:::

::: practice {title="Before you send it" source="WHO, 2003"}
- Read it aloud.
:::

::: method {title="Three steps"}
1. **Safety.** Ask about tonight.
2. **Needs.** Water and time.
3. **Next.** One date.
:::

::: case {title="Daria and the price"}
Daria asked a man to bring her to another country.

### Task
- What do you offer today?

### Discussion
A chair, water and time. DISCUSSION-MARK
:::

::: checklist {title="Before the first talk"}
- The room has a door that closes.
:::

::: table {caption="Two words"}
| Question | Smuggling | Trafficking |
| --- | --- | --- |
| Is there a border? | Always | Not needed |
:::

::: figure-number {value="38 %" source="UNODC, 2024"}
of the victims detected were children.
:::

::: self-check
Must a border be crossed?

- [x] No — It can happen inside one town. ANSWER-MARK
- [ ] Yes — No border is needed.
:::

::: say {title="When the person agreed"}
- “What were you told?”

### Never
- “Why did you go?”
:::

::: reflection
Which means looks like a favour?
:::

::: pause
You may stop here for today.
:::

::: key-points
- A reasonable ground is enough.
:::

::: references
- s40: European Commission, report, 2025. [commission.europa.eu](https://commission.europa.eu/report)
- s41: Romania, Law 202/2024.
:::
"""

MODULE = """---
key: m01
number: 1
title: What trafficking is, and the law
slug: what
summary: What makes a situation trafficking.
minutes: 240
needs: []
reviewed: 2026-11-23
review_due: 2027-11-23
review: none
---
This module gives you a clear head.

::: content-note
Definitions only.
:::
"""


def paper_of(template: str, context: dict, *, language: str = "en") -> str:
    with translation.override(language):
        return render_to_string(template, context)


def certificate(*, language: str = "en", **changes) -> str:
    context = {"certificate": CERTIFICATE | changes}
    return paper_of("certificates/certificate_print.html", context, language=language)


def sign_in_sheet(people: int = 25, *, language: str = "en", **changes) -> str:
    rows = [
        {
            "number": number,
            "code": f"MT-{number:02d}",
            "name": NAMES[number % len(NAMES)],
            "profession": "social worker",
            "organisation": "DGASPC Iași",
            "county": "IS",
        }
        for number in range(1, people + 1)
    ]
    sheet = {
        "number": "S-2026-0118",
        "address": "https://chance.example/attendance/sessions/6f0c6a6e/register/",
        "fingerprint": STAMP,
        "printed": datetime(2026, 11, 4, 16, 20, tzinfo=ZoneInfo("Europe/Bucharest")),
        "project": "Chance & Challenge · EEA and Norway Grants 2021–2028, Fund for Bilateral Relations",
        "activity_code": "A3.2",
        "session": "2 of 6 · morning",
        "title": "First contact",
        "date": date(2026, 11, 5),
        "hours": "9:00–12:30",
        "minutes": 180,
        "trainers": "I. Șerban-Țuțea · H. B. Æsøy",
        "place": "Iași, room A",
        "language": "ro, nb",
        "organiser": "Asociația Exemplu",
        "rows": rows,
        "blank_rows": [{"number": people + n, "code": f"QX-{people + n:02d}"} for n in range(1, 6)],
        "retention": "until 31 December 2031",
        "contact": "data@chance.example",
        "is_visit": True,
    }
    return paper_of("attendance/sign_in_print.html", {"sheet": sheet | changes}, language=language)


def chapter(*, language: str = "en", source: str = CHAPTER) -> str:
    context = _manual_context() | {"chapter": _page(source, "chapter"), "module": _page(MODULE, "module")}
    return paper_of("manual/chapter_print.html", context, language=language)


def module(*, language: str = "en") -> str:
    second = CHAPTER.replace("m01-1", "m01-9").replace('"1.1"', '"1.2"')
    chapters = [_page(CHAPTER, "chapter"), _page(second, "chapter")]
    context = _manual_context() | {"chapters": chapters, "module": _page(MODULE, "module")}
    return paper_of("manual/module_print.html", context, language=language)


def _manual_context() -> dict:
    return {
        "paper": Paper(numbers={"m01-2": "1.2"}),
        "stamp": STAMP,
        "address": "https://chance.example/en/manual/what/tara/",
        "edition": "2026.11",
        "language": "English",
        "helplines": [
            {"number": "112", "label": "emergency"},
            {"number": "0800 800 678", "label": "ANITP, free of charge"},
        ],
        "helplines_checked": date(2026, 11, 23),
    }


def _page(source: str, kind: str) -> SimpleNamespace:
    text = read_text(source, kind=kind, path=f"{kind}.md")
    body = BodyBlock().to_python(stream.to_stream(text.blocks, key=text.meta["key"]))
    return SimpleNamespace(**text.meta, body=body)
