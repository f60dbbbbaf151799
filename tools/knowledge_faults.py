"""Load the knowledge and print every fault of its cross-references, one a line. Exit status 1 when there is one."""

import sys

from unknot import knowledge
from unknot.knowledge.check import faults

if __name__ == "__main__":
    try:
        found = faults(knowledge.load())
    except knowledge.KnowledgeError as error:
        found = [str(error)]
    print("\n".join(found))
    sys.exit(1 if found else 0)
