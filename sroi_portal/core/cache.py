"""A cache that may be away: what cannot be reached counts as a miss."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try("get", key, default, version, otherwise=default)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        self._try("set", key, value, *args, otherwise=None, **kwargs)

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try("add", key, value, *args, otherwise=True, **kwargs))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._try("delete", key, version, otherwise=False))

    def touch(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try("touch", key, *args, otherwise=False, **kwargs))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return int(self._try("incr", key, delta, version, otherwise=delta))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self._try("has_key", key, version, otherwise=False))

    def _try(self, verb: str, *args: Any, otherwise: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), verb)(*args, **kwargs)
        except (RedisError, OSError) as reason:
            logger.warning("the cache cannot be reached: %s", reason)
            return otherwise
