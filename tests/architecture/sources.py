"""The files of this repository, as the tests of the house read them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("lms", "certificates", "quizzes", "attendance", "courses", "manual", "pages", "accounts", "printing")
_FOREIGN = {".venv", ".git", "var", "node_modules", "__pycache__", "vendor"}


def files(*patterns: str, under: tuple[str, ...] = ("",)) -> list[Path]:
    """List our own files whose name matches one of the patterns."""
    found = {path for folder in under for pattern in patterns for path in (ROOT / folder).rglob(pattern)}
    return sorted(path for path in found if path.is_file() and not _FOREIGN & set(path.relative_to(ROOT).parts))


def code(*rooms: str) -> list[Path]:
    """List the Python files of the apps; `code("services")` is every services.py and services/*.py."""
    every = [path for path in files("*.py", under=APPS) if "migrations" not in path.parts]
    return [path for path in every if not rooms or path.stem in rooms or path.parent.name in rooms]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[ast.FunctionDef]:
    """List the functions at the top of a module."""
    return [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]


def steps(function: ast.FunctionDef) -> int:
    """Count the statements of a function, its docstring aside."""
    return len(function.body) - (ast.get_docstring(function) is not None)


def found(pattern, paths) -> list[str]:
    """List every place where a compiled pattern occurs, as file:line: text."""
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
