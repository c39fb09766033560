from kit.edge import LabelledEnum


class PublicationForm(LabelledEnum):
    NEWSPAPER = "newspaper", "报"
    MAGAZINE = "magazine", "刊"
    BULLETIN = "bulletin", "简报"
