def max_unpool2d(y, indices, size):
    out = []
    for maps, where in zip(y.tolist(), indices.tolist()):
        image = []
        for channel, places in zip(maps, where):
            found = {p: v for row, ps in zip(channel, places) for v, p in zip(row, ps)}
            image.append([[found.get(i * size[1] + j, 0.0) for j in range(size[1])] for i in range(size[0])])
        out.append(image)
    return out
