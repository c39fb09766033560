class AttachmentError(Exception):
    """Base of everything this library refuses; the text is one Chinese sentence for the uploader."""


class FileTooLargeError(AttachmentError):
    pass


class FileTypeError(AttachmentError):
    """Not one of the allowed types, or not what its name claims."""


class FileContentError(AttachmentError):
    """The type is allowed, but the content cannot be decoded or is dangerous."""


class StorageFullError(AttachmentError):
    """Nothing of the file is kept."""


class FileMissingError(AttachmentError):
    pass


class LinkError(AttachmentError):
    """Forged, cut, or past its time: one answer for all three."""
