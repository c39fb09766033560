"""Secrets of people: sealed before they are stored, found by blind index, opened only to be masked or disclosed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request

from sealing import BlindIndex, Cipher, load_keys, mask_id_number, mask_phone

ID_NUMBER, PHONE, IMPORT_FILE = "members.id_number", "members.phone", "imports.file"


@dataclass(frozen=True, slots=True)
class Seals:
    cipher: Cipher
    index: BlindIndex

    def seal_id_number(self, number: str) -> bytes:
        return self.cipher.seal(number, ID_NUMBER)

    def index_id_number(self, number: str) -> bytes:
        return self.index.of(number, ID_NUMBER)

    def seal_phone(self, number: str | None) -> bytes | None:
        return self.cipher.seal(number, PHONE) if number else None

    def open_id_number(self, sealed: bytes) -> str:
        return self.cipher.open(sealed, ID_NUMBER)

    def open_phone(self, sealed: bytes | None) -> str | None:
        return self.cipher.open(sealed, PHONE) if sealed else None

    def masked(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row whose `…_masked` columns still hold what is sealed, as it may be shown."""
        shown = {**row, "id_number_masked": self.masked_id_number(row["id_number_masked"])}
        if "phone_masked" in row:
            shown["phone_masked"] = self.masked_phone(row["phone_masked"])
        return shown

    def shown(self, column: str, sealed: bytes) -> str | None:
        """What may be seen of a sealed value, by the column it is from."""
        return self.masked_phone(sealed) if column == "phone_sealed" else self.masked_id_number(sealed)

    def masked_id_number(self, sealed: bytes) -> str:
        return mask_id_number(self.open_id_number(sealed))

    def masked_phone(self, sealed: bytes | None) -> str | None:
        number = self.open_phone(sealed)
        return mask_phone(number) if number else None


@cache
def seals_of(keys_file: Path) -> Seals:
    ring = load_keys(keys_file)
    return Seals(ring.cipher(), ring.blind_index())


async def _seals(request: Request) -> Seals:
    return seals_of(request.app.state.settings.data_keys_file)


CurrentSeals = Annotated[Seals, Depends(_seals)]
