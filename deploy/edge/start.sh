#!/bin/sh
# Starts Caddy, or says in one sentence why it cannot.
set -eu
refuse() {
    echo "$1" >&2
    exit 2
}
case "${EDGE_TLS:-}" in
    own | none) ;;
    given)
        for file in edge.crt edge.key; do
            [ -r "/run/certificates/$file" ] || refuse "读不到证书文件 $file:请放入 CERTIFICATES 指定的目录,用户 10001 可读"
        done
        certificate=$(openssl x509 -in /run/certificates/edge.crt -noout -pubkey 2> /dev/null) || refuse "edge.crt 不是证书"
        key=$(openssl pkey -in /run/certificates/edge.key -pubout 2> /dev/null) || refuse "edge.key 不是私钥"
        [ "$certificate" = "$key" ] || refuse "edge.crt 与 edge.key 不是一对"
        ;;
    *) refuse "EDGE_TLS 只能是 own、given 或 none" ;;
esac
exec caddy run --config /etc/caddy/Caddyfile --adapter caddyfile
