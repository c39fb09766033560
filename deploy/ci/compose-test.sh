#!/usr/bin/env bash
# The house in containers, tested; brings an engine up where none answers and takes it down again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
engine=$(deploy/ci/docker.sh up)
if [ -n "$engine" ]; then
    trap 'deploy/ci/docker.sh down' EXIT
fi
eval "$engine"
eval "$(deploy/ci/pip-settings.sh)"
if [ ! -e /usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1 ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libfaketime > /dev/null
fi
export LIANGXIN_DEPLOYMENT=1 DOCKER_BUILDKIT=1
deploy/ci/check.sh
.venv/bin/python -m pytest -q --durations=8 -p no:xdist tests/deployment "$@"
