def local_response_norm(x):
    squares, sums = x ** 2, x ** 2
    for step in range(1, {{ n // 2 }} + 1):
        sums = sums.clone()
        if step < x.shape[1]:
            sums[:, step:] += squares[:, :-step]
            sums[:, :-step] += squares[:, step:]
    return x / ({{ k }} + {{ alpha }}{% if averaged %} / {{ n }}{% endif %} * sums) ** {{ beta }}
