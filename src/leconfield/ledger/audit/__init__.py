"""The audit log: every act and every read as a leaf of a Merkle tree whose head is signed.

An overseer keeps the verifying key and, from visit to visit, the last checkpoint he was shown. With these two and
the leaves he can tell that nothing was changed, dropped, reordered or cut off, using our `verify_log` or any other tool
that reads C2SP logs (signed-note, tlog-checkpoint, tlog-tiles). Everything here is a pure function of its arguments but
`folder`, which writes and reads files. Ordinary readers never see the log, its size or an index in it.
"""

from leconfield.ledger.audit.checkpoint import Checkpoint
from leconfield.ledger.audit.folder import LeafRange, export_log, read_checkpoint, read_leaves, verify_folder
from leconfield.ledger.audit.leaves import Act, Leaf, Read, canonical, commitment, new_salt, parse_leaf
from leconfield.ledger.audit.merkle import EMPTY_ROOT, Frontier, leaf_hash, node_hash, root_of
from leconfield.ledger.audit.note import Signer, Verifier
from leconfield.ledger.audit.proofs import Tree, verify_consistency, verify_inclusion
from leconfield.ledger.audit.verify import Fault, Outcome, verify_acts, verify_log

__all__ = [
    "EMPTY_ROOT",
    "Act",
    "Checkpoint",
    "Fault",
    "Frontier",
    "Leaf",
    "LeafRange",
    "Outcome",
    "Read",
    "Signer",
    "Tree",
    "Verifier",
    "canonical",
    "commitment",
    "export_log",
    "leaf_hash",
    "new_salt",
    "node_hash",
    "parse_leaf",
    "read_checkpoint",
    "read_leaves",
    "root_of",
    "verify_acts",
    "verify_consistency",
    "verify_folder",
    "verify_inclusion",
    "verify_log",
]
