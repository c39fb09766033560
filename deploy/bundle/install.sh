#!/usr/bin/env bash
# 离线安装:./install.sh 校验、载入镜像并启动;./install.sh load 只载入
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
refuse() {
    echo "$1" >&2
    exit 2
}
sha256sum --quiet --check SHA256SUMS || refuse "安装包不完整或被改动,请重新拷贝"
docker info > /dev/null 2>&1 || refuse "Docker 没有应答:请先安装并启动 Docker 20.10 或更新的版本"
docker compose version > /dev/null 2>&1 || refuse "没有 docker compose:请安装 Compose 2.20 或更新的版本"
docker load --quiet --input images.tar.gz
if [ "${1:-}" = load ]; then
    exit 0
fi
docker compose up -d --wait --no-build
echo "已启动:https://${EDGE_NAME:-localhost}:${PORT:-8443}"
echo "第一个管理员:docker compose exec registry python -m registry bootstrap --role system_administrator"
