from pydantic import Field

from kit.edge import Schema


class PublicKey(Schema):
    """RFC 7517, elliptic curve members only."""

    kty: str = Field(title="密钥类型")
    crv: str = Field(title="曲线")
    x: str = Field(title="横坐标")
    y: str = Field(title="纵坐标")
    kid: str = Field(title="密钥编号")
    use: str = Field(title="用途")
    alg: str = Field(title="算法")


class KeySetRead(Schema):
    keys: list[PublicKey] = Field(title="公钥")
