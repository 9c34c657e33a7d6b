"""Connected components in SQL, by alternating large and small stars, for edges that no one machine holds.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, Connected Components in MapReduce and Beyond (SOCC 2014). Every
round points nodes to lesser neighbours; the number of rounds grows with the logarithm of the longest way.
"""

from __future__ import annotations

from typing import Final

from leconfield.registry.linkage.engines import Engine, count

ORIENTED: Final = "select distinct greatest(node, other) as node, least(node, other) as other from edges"
LEAST: Final = """
    select node, least(node, min(other)) as least_one
    from (select node, other from links union all select other as node, node as other from links) ways
    group by node"""
LARGE: Final = """
    select distinct ways.other as node, roots.least_one as other
    from (select node, other from links union all select other as node, node as other from links) ways
    join roots on ways.node = roots.node
    where ways.other > ways.node"""
"""Every node's greater neighbours are linked to the least one around it."""
SMALLEST: Final = "select node, min(other) as least_one from links group by node"
SMALL: Final = """
    select distinct links.other as node, roots.least_one as other
    from links join roots on links.node = roots.node
    where links.other > roots.least_one
    union
    select node, least_one as other from roots"""
"""Every node and its lesser neighbours are linked to the least of them."""
UNSETTLED: Final = "select count(*) as unsettled from links a join links b on a.other = b.node"
BRANCHING: Final = "select count(*) - count(distinct node) as branching from links"


def components(engine: Engine, name: str) -> None:
    """Keep a table (node, component) of all ends of the table `edges`; a component is called after its least node.

    `edges` is (node, other), whole numbers, in either order.
    """
    engine.keep("links", ORIENTED)
    while count(engine, UNSETTLED) or count(engine, BRANCHING):
        engine.keep("roots", LEAST)
        engine.keep("links", LARGE)
        engine.keep("roots", SMALLEST)
        engine.keep("links", SMALL)
        engine.forget("roots")
    engine.keep(
        name, "select node, other as component from links union select other as node, other as component from links"
    )
    engine.forget("links")
