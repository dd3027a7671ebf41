"""The growing tree gives the tree hash of RFC 6962, whatever the steps it grew in."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from workflows.witness.merkle import Frontier, leaf_hash, node_hash

leaves = st.lists(st.binary(max_size=8), max_size=70)


def tree_hash(data: list[bytes]) -> bytes:
    """Return MTH(data) as section 2.1 of the RFC words it."""
    if not data:
        return hashlib.sha256().digest()
    if len(data) == 1:
        return leaf_hash(data[0])
    split = 1
    while split * 2 < len(data):
        split *= 2
    return node_hash(tree_hash(data[:split]), tree_hash(data[split:]))


@given(leaves)
def test_the_root_is_the_hash_of_the_rfc(data: list[bytes]) -> None:
    assert Frontier().grown(data).root == tree_hash(data)


@given(leaves, leaves)
def test_a_tree_may_grow_in_any_steps(first: list[bytes], second: list[bytes]) -> None:
    stepwise = Frontier().grown(first).grown(second)

    assert stepwise == Frontier().grown([*first, *second])


def test_the_known_vectors_of_certificate_transparency_hold() -> None:
    data = [
        bytes.fromhex(each)
        for each in (
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        )
    ]
    root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

    assert Frontier().grown(data).root.hex() == root
