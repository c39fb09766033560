from sealing.ciphers import Cipher
from sealing.errors import BrokenSealError, KeyFileError, SealingError, UnknownKeyError
from sealing.indexes import BlindIndex
from sealing.keys import KeyRing, load_keys, write_new_keys
from sealing.masking import mask_id_number, mask_middle, mask_name, mask_phone

__all__ = [
    "BlindIndex",
    "BrokenSealError",
    "Cipher",
    "KeyFileError",
    "KeyRing",
    "SealingError",
    "UnknownKeyError",
    "load_keys",
    "mask_id_number",
    "mask_middle",
    "mask_name",
    "mask_phone",
    "write_new_keys",
]
