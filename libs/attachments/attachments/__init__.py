from attachments.errors import (
    AttachmentError,
    FileContentError,
    FileMissingError,
    FileTooLargeError,
    FileTypeError,
    LinkError,
    StorageFullError,
)
from attachments.inspection import Limits
from attachments.stores import Store, StoredFile, media_type_of

__all__ = [
    "AttachmentError",
    "FileContentError",
    "FileMissingError",
    "FileTooLargeError",
    "FileTypeError",
    "Limits",
    "LinkError",
    "StorageFullError",
    "Store",
    "StoredFile",
    "media_type_of",
]
