"""What is known in general: TOML facts, read strictly into frozen values with one content hash."""

from unknot.knowledge.load import load
from unknot.knowledge.model import Knowledge
from unknot.knowledge.read import KnowledgeError

__all__ = ["Knowledge", "KnowledgeError", "load"]
