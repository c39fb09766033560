"""`python -m kit.probe URL`: exit code 0 when it answers 2xx; health check of images that carry no curl.

The standard library only: it runs every few seconds in every container.
"""

import http.client
import sys
from urllib.parse import urlsplit

DEADLINE_SECONDS, FIRST_FAILURE = 3.0, 300


def main(url: str) -> int:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=DEADLINE_SECONDS)
    try:
        connection.request("GET", address.path)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        sys.stderr.write(f"{type(error).__name__}\n")
        return 1
    sys.stderr.write(f"{status}\n")
    return 0 if status < FIRST_FAILURE else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
