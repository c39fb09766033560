#!/usr/bin/env bash
# The house in containers, tested; brings an engine up where none answers and takes it down again.
#   deploy/ci/compose-test.sh house         it stands, whatever happens
#   deploy/ci/compose-test.sh operations    what an operator does with it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
case "${1:-}" in
    house) files=(compose_file bad_luck watching story) ;;
    operations) files=(operator moving upgrade cache backup) ;;
    *)
        echo "用法:$0 house | operations" >&2
        exit 2
        ;;
esac
shift
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
docker compose --profile backup build --quiet
deploy/ci/check.sh
tests=("${files[@]/#/tests/deployment/test_}")
.venv/bin/python -m pytest -q --durations=8 -p no:xdist "${tests[@]/%/.py}" "$@"
