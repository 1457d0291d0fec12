from .files import File
from .pictures import Picture, Rendition
from .site_settings import SiteIdentity

__all__ = ["File", "Picture", "Rendition", "SiteIdentity"]
