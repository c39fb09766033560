"""Why a backup or a restore stops: each reason is one Chinese sentence."""

from deploy.launcher.refusals import Refusal


class NoPgBackRest(Refusal):
    def __init__(self) -> None:
        super().__init__("找不到 pgbackrest:请先安装(Debian/Ubuntu:apt-get install pgbackrest)")


class PgBackRestFailed(Refusal):
    def __init__(self, command: str, output: str) -> None:
        reasons = [line for line in output.splitlines() if "ERROR" in line or line.startswith(" ")]
        super().__init__(f"pgbackrest {command} 没有成功:{' '.join((reasons or output.splitlines())[:4])}")


class NotEnabled(Refusal):
    def __init__(self) -> None:
        super().__init__("还没有启用备份:请先执行 liangxin backup enable")


class OnlyLocal(Refusal):
    def __init__(self) -> None:
        super().__init__("这条命令只管理 make run 的安装;Compose 的做法见 deploy/handbook/")


class OnlyComposed(Refusal):
    def __init__(self) -> None:
        super().__init__("这条命令只管理 Compose 的安装;make run 的安装:make stop,换程序,再 make run")


class NotEmpty(Refusal):
    def __init__(self, folder: object) -> None:
        super().__init__(f"目录 {folder} 不是空的:恢复只写入空目录,请先移走其中的内容")


class ArchiveBroken(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"备份文件 {name} 已损坏、被改动,或口令不对")


class BackupDamaged(Refusal):
    def __init__(self, details: str) -> None:
        super().__init__(f"备份已损坏,不能依靠它恢复:{details}")


class ReplayFailed(Refusal):
    def __init__(self, log: str) -> None:
        reasons = [line for line in log.splitlines() if "FATAL" in line or "ERROR" in line]
        super().__init__(f"数据库没有恢复到所要的时刻:{' '.join((reasons or log.splitlines())[-3:])}")


class NotKept(Refusal):
    def __init__(self, reason: str) -> None:
        super().__init__(f"容器 backup 没有做成:{reason}(没有启用时,在 .env 写 COMPOSE_PROFILES=backup)")


class NotMounted(Refusal):
    def __init__(self, mark: object) -> None:
        super().__init__(
            "备份目录是空的,而备份早已开始:请检查 BACKUP_FOLDER 的盘是否挂载,"
            "挂上后 docker compose restart postgres backup;"
            f"确要从空目录开始:docker compose exec postgres rm {mark}"
        )


class NoBackup(Refusal):
    def __init__(self, folder: object) -> None:
        super().__init__(f"{folder} 中还没有备份")
