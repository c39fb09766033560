from pathlib import Path

import pytest

pytestmark = pytest.mark.anyio


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name in ("index.html", "m/index.html", "assets/main-abc.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<!-- {name} -->", encoding="utf-8")
    return tmp_path


class TestPages:
    @pytest.mark.parametrize(("address", "file"), [("/", "index.html"), ("/m/", "m/index.html")])
    async def test_are_served_as_they_were_built(self, open_gateway, built: Path, address: str, file: str) -> None:
        async with open_gateway(console_folder=built) as gateway:
            answer = await gateway.client.get(address)

            assert (answer.status_code, answer.text) == (200, f"<!-- {file} -->")
            assert answer.headers["cache-control"] == "no-cache"

    @pytest.mark.parametrize("address", ["/", "/m/"])
    async def test_may_load_and_run_only_what_lies_here(self, open_gateway, built: Path, address: str) -> None:
        async with open_gateway(console_folder=built) as gateway:
            policy = (await gateway.client.get(address)).headers["content-security-policy"].split("; ")

            assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= set(policy)
            assert {"style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy)
            assert not any(word in " ".join(policy) for word in ("unsafe", "http", "*"))

    async def test_ask_whether_they_are_new_but_keep_their_assets(self, open_gateway, built: Path) -> None:
        async with open_gateway(console_folder=built) as gateway:
            asset = await gateway.client.get("/assets/main-abc.js")

            assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert asset.headers["content-type"].startswith("text/javascript")
            assert (await gateway.client.get("/assets/other.js")).status_code == 404

    @pytest.mark.parametrize("path", ["/assets/../status.txt", "/assets/%2e%2e/status.txt", "/assets/..%2fstatus.txt"])
    async def test_show_nothing_beside_them(self, open_gateway, built: Path, path: str) -> None:
        (built / "status.txt").write_text("x", encoding="utf-8")
        async with open_gateway(console_folder=built) as gateway:
            answer = await gateway.talk(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())

            assert answer.startswith(b"HTTP/1.1 400 ")


class TestPagesNotBuilt:
    async def test_say_why(self, open_gateway, tmp_path: Path) -> None:
        (tmp_path / "status.txt").write_text("这台机器没有 <npm>", encoding="utf-8")
        async with open_gateway(console_folder=tmp_path) as gateway:
            answer = await gateway.client.get("/")

            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert "这台机器没有 &lt;npm&gt;" in answer.text
            assert 'href="/docs"' in answer.text

    async def test_say_so_where_none_were_installed(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            assert "没有带界面文件" in (await gateway.client.get("/m/")).text
            assert (await gateway.client.get("/assets/main.js")).status_code == 404

    async def test_are_there_as_soon_as_they_are_built(self, open_gateway, tmp_path: Path) -> None:
        async with open_gateway(console_folder=tmp_path) as gateway:
            before = await gateway.client.get("/")
            (tmp_path / "index.html").write_text("built", encoding="utf-8")

            assert (before.status_code, (await gateway.client.get("/")).text) == (503, "built")
