import torch

from oracles.kit import conv, field, jump, oracle


@oracle("receptive_field/steps_to_reach")
def steps_to_reach(v):
    x, steps = torch.empty(1, 1, v.n, v.n, device="meta"), 0
    while x.shape[-1] > v.m:
        x, steps = conv(1, 1, v.k)(x), steps + 1
    return {"steps": steps, "field": field([(v.k, 1)] * steps)}


@oracle("receptive_field/chain")
def field_chain(v):
    layers = [(v.k1, v.s1), (v.k2, v.s2), (v.k3, v.s3), (v.k4, v.s4)]
    fields = {f"field{i}": field(layers[:i]) for i in range(1, 5)}
    return fields | {f"jump{i}": jump(layers[:i]) for i in range(1, 5)}
