"""A command that cannot start says why in one sentence and ends with a code of its own, without a trace."""

import sys
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError

from kit.refusals import Refusal
from observing import lean

UNUSABLE = 2


def read_secret(file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Refusal(f"读不到密钥文件 {file}:{error.strerror}") from error
    if not secret:
        raise Refusal(f"密钥文件 {file} 是空的")
    return secret


class CommandLine(typer.Typer):
    def __init__(self, prefix: str) -> None:
        """`prefix` begins the names of the settings."""
        super().__init__(no_args_is_help=True, pretty_exceptions_enable=False)
        self._prefix = prefix

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        lean.end()
        try:
            return super().__call__(*arguments, **options)
        except Exception as error:
            sentence = self.sentence_of(error)
            if sentence is None:
                raise
        sys.stderr.write(f"{sentence}\n")
        sys.exit(UNUSABLE)

    def sentence_of(self, error: Exception) -> str | None:
        """Why the command cannot start; None if that is no matter of its surroundings."""
        if isinstance(error, ValidationError):
            names = "、".join(f"{self._prefix}{'.'.join(map(str, one['loc'])).upper()}" for one in error.errors())
            return f"设置缺失或不正确:{names}"
        return str(error) if isinstance(error, Refusal) else None
