from sealing.ciphers import Cipher
from sealing.errors import BrokenSealError, KeyFileError, SealingError, UnknownKeyError
from sealing.indexes import BlindIndex
from sealing.keys import KeyRing, add_key, load_keys, use_key, write_new_keys
from sealing.masking import mask_id_number, mask_middle, mask_name, mask_phone

__all__ = [
    "BlindIndex",
    "BrokenSealError",
    "Cipher",
    "KeyFileError",
    "KeyRing",
    "SealingError",
    "UnknownKeyError",
    "add_key",
    "load_keys",
    "mask_id_number",
    "mask_middle",
    "mask_name",
    "mask_phone",
    "use_key",
    "write_new_keys",
]
