"""What an uploaded file really is: checked before anything is stored, never taken from its name or from the browser.

`check_picture` and `check_file` raise a `ValidationError` that says what to do. A file that passes can still be two
formats at once, which no sniffer notices, so it must be served with a type from `content_type_of` and as harmless.
"""

from .content_types import content_type_of
from .files import check_file
from .names import safe_name
from .pictures import check_picture

__all__ = ["check_file", "check_picture", "content_type_of", "safe_name"]
