import torch
import torch.nn.functional as F

from oracles.kit import oracle, rows_of, tensor


def gradient(pool, v, *arguments):
    image = tensor(v.image).requires_grad_()
    pool(image, *arguments).backward(tensor(v.upstream))
    return rows_of(image.grad)


@oracle("pooling/by_hand")
def pooling_by_hand(v):
    pool = {"max": F.max_pool2d, "min": lambda x, k, s: -F.max_pool2d(-x, k, s), "average": F.avg_pool2d}[v.kind]
    return {"output": rows_of(pool(tensor(v.image), v.k, v.s))}


@oracle("pooling/padding")
def pooling_padding(v):
    image = tensor(v.image)
    return {
        "largest": rows_of(F.max_pool2d(image, 2, 2, padding=1)),
        "mean": rows_of(F.avg_pool2d(image, 2, 2, padding=1, count_include_pad=v.counted)),
    }


@oracle("pooling/argmax_indices")
def pooling_argmax_indices(v):
    pooled, indices = F.max_pool2d(tensor(v.image), v.k, v.s, return_indices=True)
    return {"pooled": rows_of(pooled), "indices": rows_of(indices)}


@oracle("pooling/max_unpool")
def pooling_max_unpool(v):
    _, indices = F.max_pool2d(tensor(v.image), 2, 2, return_indices=True)
    return {"indices": rows_of(indices), "unpooled": rows_of(F.max_unpool2d(tensor(v.decoded), indices, 2))}


@oracle("pooling/upsampling")
def pooling_upsampling(v):
    image, nail = tensor(v.image), torch.ones(1, 1, 1, 1).double()
    nails = F.conv_transpose2d(image, nail, stride=v.k, output_padding=v.k - 1)
    return {
        "nearest": rows_of(F.interpolate(image, scale_factor=v.k, mode="nearest")),
        "nails": rows_of(nails),
        "zeros": int((nails == 0).sum()),
    }


@oracle("pooling/shift_invariance")
def pooling_shift_invariance(v):
    signal = torch.tensor(v.row[0]).double()[None]
    moved = F.pad(signal, (1, 0), value=v.enters)[:, :-1]
    before, after = F.max_pool1d(signal, v.k)[0], F.max_pool1d(moved, v.k)[0]
    changed = tuple(f"output {place + 1}" for place in (before != after).nonzero().flatten().tolist())
    return {"before": tuple(before.tolist()), "after": tuple(after.tolist()), "changed": changed}


@oracle("pooling/max_backward")
def pooling_max_backward(v):
    return {
        "pooled": rows_of(F.max_pool2d(tensor(v.image), v.k)),
        "gradient": gradient(F.max_pool2d, v, v.k),
    }


@oracle("pooling/average_backward")
def pooling_average_backward(v):
    return {"gradient": gradient(F.avg_pool2d, v, 2, v.s)}


@oracle("pooling/overlapping_backward")
def pooling_overlapping_backward(v):
    ones = tensor(v.image).requires_grad_()
    F.max_pool2d(ones, v.k, v.s).sum().backward()
    return {"receivers": int((ones.grad > 0).sum()), "gradient": gradient(F.max_pool2d, v, v.k, v.s)}
