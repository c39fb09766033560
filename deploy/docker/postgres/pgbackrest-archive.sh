#!/bin/sh
# PostgreSQL calls it for every finished piece of its log. Where no backup was ever begun there is nothing to add to.
[ -e /var/lib/liangxin/backup/repository ] || exit 0
exec pgbackrest archive-push "$1"
