"""A YAML file as plain values that remember their lines."""

from typing import Any

import yaml

from manual.text import Problem

LONGEST = 1_000_000
LINE = "__line__"


class _LineLoader(yaml.SafeLoader):
    """Reads mappings with the line they begin on; refuses aliases, which can make a small file enormous."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="aliases are not used here", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        mapping = super().construct_mapping(node, deep=True)
        names = [key.value for key, _value in node.value]
        for name in names:
            if names.count(name) > 1:
                problem = f"“{name}” stands here twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        mapping[LINE] = node.start_mark.line + 1
        return mapping


def read_document(source: str, path: str) -> tuple[dict[str, Any], list[Problem]]:
    """Read a file into mappings, lists and words."""
    if len(source) > LONGEST:
        return {}, [Problem(path, 1, f"this file is longer than {LONGEST} characters")]
    try:
        said = yaml.load(source, Loader=_LineLoader)  # noqa: S506 -- a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error) or type(error).__name__
        return {}, [Problem(path, mark.line + 1 if mark else 1, f"this file cannot be read: {what}")]
    if not isinstance(said, dict):
        return {}, [Problem(path, 1, "this file must begin with “quiz:” and “questions:”")]
    return said, []
