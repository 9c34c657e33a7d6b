"""Networks: who has to do with whom in a world, grown from a subject outwards, measured, and drawn by the reader."""

from leconfield.network.centrality import Measure, measures
from leconfield.network.expansion import counts, expand, find_link, whole
from leconfield.network.graph import Graph
from leconfield.network.model import EVERYTHING, NAMED_TOGETHER, Filter, Group, Link, Node, Picture
from leconfield.network.routes import Path, Routes, paths

__all__ = [
    "EVERYTHING",
    "NAMED_TOGETHER",
    "Filter",
    "Graph",
    "Group",
    "Link",
    "Measure",
    "Node",
    "Path",
    "Picture",
    "Routes",
    "counts",
    "expand",
    "find_link",
    "measures",
    "paths",
    "whole",
]
