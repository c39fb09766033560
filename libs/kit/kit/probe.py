"""`python -m kit.probe URL`: exit code 0 when it answers 200; health check of images that carry no curl."""

import sys

import httpx2

DEADLINE_SECONDS = 3.0


def main(url: str) -> int:
    try:
        return 0 if httpx2.get(url, timeout=DEADLINE_SECONDS, trust_env=False).is_success else 1
    except httpx2.HTTPError as error:
        sys.stderr.write(f"{type(error).__name__}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
