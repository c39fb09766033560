import hmac

SHORTEST_KEY = 32


class BlindIndex:
    """Keyed digests that let equal values be found without being readable. The caller normalises first."""

    def __init__(self, key: bytes) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError("盲索引密钥至少 32 字节")
        self._key = key

    def of(self, text: str, column: str) -> bytes:
        name = column.encode()
        return hmac.digest(self._key, len(name).to_bytes(2, "big") + name + text.encode(), "sha256")
