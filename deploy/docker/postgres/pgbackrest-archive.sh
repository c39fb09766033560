#!/bin/sh
# PostgreSQL calls it for every finished piece of its log, and keeps the piece until it succeeds. Where no backup was ever
# begun there is nothing to add to; where one was, a folder that is empty now is a disk that is not mounted.
set -eu
begun=/var/lib/liangxin/database/archiving
if [ ! -e /var/lib/liangxin/backup/repository ]; then
    [ -e "$begun" ] || exit 0
    echo "BACKUP_FOLDER is empty: is its disk mounted? Then restart this container. To begin anew in an empty folder: rm $begun" >&2
    exit 1
fi
pgbackrest archive-push "$1"
touch "$begun"
