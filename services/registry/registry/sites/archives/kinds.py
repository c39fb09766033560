from kit.edge import LabelledEnum


class ArchiveCategory(LabelledEnum):
    """What the archive of an organisation is sorted by; each has something in it every quarter."""

    RECORD_BOOK = "record_book", "专用记录本"
    PICTURES = "pictures", "图片资料"
    MEMBERS = "members", "党员管理"
    ORGANIZATION_LIFE = "organization_life", "组织生活"
    EDUCATION = "education", "学习教育"
    RULES = "rules", "制度文件"
