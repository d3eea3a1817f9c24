class Net:
    def __init__(self, shape):
        self.c, self.h, self.w = shape
        self.flat = 0

    def conv(self, f, k, s, p, bias):
        weights = f * self.c * k[0] * k[1]
        self.c = f
        self.h, self.w = ((n + 2 * p - m) // s + 1 for n, m in zip((self.h, self.w), k))
        return weights + bias * f

    def norm(self):
        return self.c + self.c

    def relu(self):
        return 0

    def pool(self, k):
        self.h //= k
        self.w //= k
        return 0

    def flatten(self):
        self.flat = self.c * self.h * self.w
        return 0

    def linear(self, outputs):
        inputs, self.flat = self.flat, outputs
        return outputs * (inputs + 1)


def count_parameters(layers, shape):
    net = Net(shape)
    counts = tuple(getattr(net, kind)(*rest) for kind, *rest in layers)
    return {% if each %}counts{% else %}sum(counts){% endif %}
