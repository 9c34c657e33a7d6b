"""The audit log: every act and every read as a leaf of a Merkle tree whose head is signed.

An overseer keeps the verifying key and, from visit to visit, the last checkpoint he was shown. With these two and
the leaves he can tell that nothing was changed, dropped, reordered or cut off, using our `verify_log` or any other tool
that reads C2SP logs (signed-note, tlog-checkpoint, tlog-tiles). Everything here is a pure function of its arguments but
`tiles`, which writes and reads a folder. Ordinary readers never see the log, its size or an index in it.
"""

from leconfield.ledger.audit.checkpoint import Checkpoint
from leconfield.ledger.audit.leaves import Act, Read, canonical, commitment, new_salt, parse_leaf
from leconfield.ledger.audit.merkle import EMPTY_ROOT, Frontier, leaf_hash, node_hash, root_of
from leconfield.ledger.audit.note import Signer, Verifier

__all__ = [
    "EMPTY_ROOT",
    "Act",
    "Checkpoint",
    "Frontier",
    "Read",
    "Signer",
    "Verifier",
    "canonical",
    "commitment",
    "leaf_hash",
    "new_salt",
    "node_hash",
    "parse_leaf",
    "root_of",
]
