import torch.nn.functional as F

from oracles.kit import oracle, rows_of, tensor


@oracle("pooling/by_hand")
def pooling_by_hand(v):
    pool = {"max": F.max_pool2d, "average": F.avg_pool2d}[v.kind]
    return {"output": rows_of(pool(tensor(v.image), v.k, v.s))}
