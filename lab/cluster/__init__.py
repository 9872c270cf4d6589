"""A real OpenSearch cluster on loopback for tests and benchmarks, a process a node.

    python -m lab.cluster start FOLDER     three nodes, which stay until they are stopped
    python -m lab.cluster status FOLDER
    python -m lab.cluster stop FOLDER

Needs Java 17 with its compiler, and Maven, which brings the engine's jars; the first start takes
half a minute longer, as it fetches and prepares them. Needs the standard library alone.
"""

from lab.cluster.build import missing
from lab.cluster.nodes import Cluster
from lab.cluster.process import MEASURING, TESTING, ClusterError
from lab.cluster.wire import Reply, ask

__all__ = ["MEASURING", "TESTING", "Cluster", "ClusterError", "Reply", "ask", "missing"]
