def covered(n, k, s, p):
    return [range(max(i * s - p, 0), min(i * s - p + k, n)) for i in range((n + 2 * p - k) // s + 1)]


def avg_pool2d(x, size):
    rows = covered(x.shape[2], size[0], {{ s[0] }}, {{ p[0] }})
    columns = covered(x.shape[3], size[1], {{ s[1] }}, {{ p[1] }})

    def mean(channel, r, c):
        total = sum(float(channel[i, j]) for i in r for j in c)
        return total / (size[0] * size[1] if {{ counted }} else len(r) * len(c))

    return [[[[mean(channel, r, c) for c in columns] for r in rows] for channel in image] for image in x]


def avg_pool2d_backward(dy, x, size):
    rows = covered(x.shape[2], size[0], {{ s[0] }}, {{ p[0] }})
    columns = covered(x.shape[3], size[1], {{ s[1] }}, {{ p[1] }})
    dx = (x * 0).tolist()
    for n in range(len(x)):
        for c in range(x.shape[1]):
            for i, r in enumerate(rows):
                for j, k in enumerate(columns):
                    share = dy[n, c, i, j] / (size[0] * size[1] if {{ counted }} else len(r) * len(k))
                    for a in r:
                        for b in k:
                            dx[n][c][a][b] += float(share)
    return dx
