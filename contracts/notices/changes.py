"""Modified contracts (BT-1501, BT-200, BT-202) and changed notices (BT-758)."""

from contracts.notices.nodes import EXTENSION, Node
from contracts.notices.records import Modification

MODIFICATION = f"{EXTENSION}/efac:ContractModification"


def modification(root: Node) -> Modification | None:
    if root.first(MODIFICATION) is None:
        return None
    return Modification(
        previous_notice=bt_1501_notice(root),
        reasons=bt_200(root),
        contract_ids=bt_1501_contract(root),
        descriptions=bt_202(root),
    )


def bt_1501_notice(root: Node) -> str | None:
    return root.text(f"{MODIFICATION}/efbc:ChangedNoticeIdentifier")


def bt_1501_contract(root: Node) -> tuple[str, ...]:
    return root.texts(f"{MODIFICATION}/efbc:ModifiedContractIdentifier")


def bt_200(root: Node) -> tuple[str, ...]:
    return root.distinct(f"{MODIFICATION}/efac:ChangeReason/cbc:ReasonCode")


def bt_202(root: Node) -> tuple[str, ...]:
    return root.phrases(f"{MODIFICATION}/efac:Change", "efbc:ChangeDescription")


def bt_758(root: Node) -> str | None:
    return root.text(f"{EXTENSION}/efac:Changes/efbc:ChangedNoticeIdentifier")


def bt_141(root: Node) -> tuple[str, ...]:
    return root.phrases(f"{EXTENSION}/efac:Changes/efac:Change", "efbc:ChangeDescription")
