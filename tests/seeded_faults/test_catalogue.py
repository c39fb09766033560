"""The list of faults keeps step with the code: what it would change is there, and so is the test it names."""

import ast

import pytest

from tests.seeded_faults.catalogue import ROOT, Fault, faults


def names_in(fault: Fault) -> set[str]:
    tree = ast.parse((ROOT / fault.test.partition("::")[0]).read_text(encoding="utf-8"))
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, named)}


class TestFault:
    @pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name)
    def test_can_be_sown_and_names_a_test(self, fault: Fault) -> None:
        source = (ROOT / fault.file).read_text(encoding="utf-8")

        assert fault.sown(source) != source
        parts = fault.test.partition("[")[0].split("::")[1:]
        assert parts
        assert set(parts) <= names_in(fault)
