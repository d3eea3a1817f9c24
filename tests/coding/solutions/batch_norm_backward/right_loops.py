import math


def batch_norm_backward(dy, x, gamma):
    n, c, h, w = x.shape
    dx = np.zeros(x.shape)
    dgamma, dbeta = [], []
    for k in range(c):
        places = [(a, i, j) for a in range(n) for i in range(h) for j in range(w)]
        xs = [float(x[a, k, i, j]) for a, i, j in places]
        ds = [float(dy[a, k, i, j]) for a, i, j in places]
        m = len(xs)
        mu = math.fsum(xs) / m
        deviation = math.sqrt(math.fsum((v - mu) ** 2 for v in xs) / m + {{ eps }})
        z = [(v - mu) / deviation for v in xs]
        dbeta.append(math.fsum(ds))
        dgamma.append(math.fsum(d * v for d, v in zip(ds, z)))
        for (a, i, j), d, v in zip(places, ds, z):
            dx[a, k, i, j] = float(gamma[k]) / deviation * (d - dbeta[-1] / m - v * dgamma[-1] / m)
    return dx, dgamma, dbeta
