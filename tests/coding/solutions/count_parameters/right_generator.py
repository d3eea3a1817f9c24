from math import prod


def numbers(layers, shape):
    for kind, *rest in layers:
        match kind:
            case "conv":
                f, kernel, s, p, bias = rest
                yield prod(kernel) * shape[0] * f + f * bias
                shape = (f, *((n + 2 * p - k) // s + 1 for n, k in zip(shape[1:], kernel)))
            case "norm":
                yield shape[0] * 2
            case "linear":
                yield (prod(shape) + 1) * rest[0]
                shape = (rest[0],)
            case "pool":
                yield 0
                shape = (shape[0], shape[1] // rest[0], shape[2] // rest[0])
            case "flatten":
                yield 0
                shape = (prod(shape),)
            case _:
                yield 0


def count_parameters(layers, shape):
    return {% if each %}list{% else %}sum{% endif %}(numbers(layers, shape))
