"""Windows of people who have read the privacy notice."""

from tests.builders.privacy import notice_is_read

__all__ = ["notice_is_read"]
