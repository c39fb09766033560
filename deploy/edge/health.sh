#!/bin/bash
# Healthy: it answers, and a given certificate is still valid.
set -eu
exec 3<> /dev/tcp/127.0.0.1/8090
printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 204 ]
if [ "$EDGE_TLS" = given ] && ! openssl x509 -in /run/certificates/edge.crt -noout -checkend 0 > /dev/null; then
    echo "证书已过期:请更换 edge.crt 与 edge.key,然后重启 edge"
    exit 1
fi
