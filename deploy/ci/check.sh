#!/usr/bin/env bash
# Everything in deploy/ that can be wrong without running: Dockerfiles, scripts, compose files, the edge's configuration.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mapfile -t dockerfiles < <(git ls-files '*Dockerfile')
mapfile -t scripts < <(git ls-files '*.sh' .ci/run deploy/liangxin)
.venv/bin/hadolint --config .hadolint.yaml "${dockerfiles[@]}"
.venv/bin/shellcheck "${scripts[@]}"
echo "Dockerfile ${#dockerfiles[@]} 个、脚本 ${#scripts[@]} 个:通过"

watching=deploy/observability
if ! command -v promtool > /dev/null || ! command -v amtool > /dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends prometheus prometheus-alertmanager \
            > /dev/null
    fi
fi
if command -v promtool > /dev/null && command -v amtool > /dev/null; then
    promtool check config "$watching/prometheus.yml" > /dev/null
    promtool test rules "$watching/alerts.test.yml" > /dev/null
    amtool check-config "$watching/alertmanager.yml" > /dev/null
    echo "监控与告警:通过"
else
    echo "这里没有 promtool、amtool(Debian:prometheus、prometheus-alertmanager):未检查监控与告警" >&2
fi

if ! docker compose version > /dev/null 2>&1; then
    echo "这里没有 docker compose:未检查编排文件" >&2
    exit 0
fi
mapfile -t profiles < <(docker compose config --profiles)
docker compose config --quiet
docker compose "${profiles[@]/#/--profile=}" config --quiet
for profile in "${profiles[@]}"; do
    docker compose --profile "$profile" config --quiet
done
echo "编排文件(${profiles[*]}):通过"

edge=${REGISTRY_PREFIX:-}liangxin-edge:${VERSION:-0.1.0}
if docker image inspect "$edge" > /dev/null 2>&1; then
    for tls in own none; do
        docker run --rm --network none -e "EDGE_TLS=$tls" -e EDGE_NAME=localhost --entrypoint caddy "$edge" \
            validate --config /etc/caddy/Caddyfile --adapter caddyfile > /dev/null 2>&1
    done
    echo "入口配置:通过"
fi
