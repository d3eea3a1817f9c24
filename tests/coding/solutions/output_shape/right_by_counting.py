def starts(n, k, s, partial):
    """The places where windows begin."""
    return [i for i in range(0, n, s) if i + k <= n or (partial and i - s + k < n)]


def output_shape(layers, shape):
    order = "{{ layout }}"
    sizes = dict(zip(order, shape))
    vector = 0
    for layer in layers:
        match layer:
            case ["conv", filters, k, s, p]:
                sizes = {"C": filters} | {a: len(starts(sizes[a] + 2 * p, k, s, False)) for a in "HW"}
            case ["pool", k, s]:
                sizes |= {a: len(starts(sizes[a], k, s, {{ up }})) for a in "HW"}
            case ["flatten"]:
                vector = sizes["C"] * sizes["H"] * sizes["W"]
            case ["linear", outputs]:
                vector = outputs
    return [vector] if vector else [sizes[axis] for axis in order]
