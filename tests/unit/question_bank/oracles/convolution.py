import sympy
import torch
import torch.nn.functional as F

from oracles.kit import oracle, rows_of, tensor


@oracle("convolution/yij_expansion")
def yij_expansion(v):
    """The gradient of y[i, j] by x holds at each pixel the weight that multiplies it; weights are 1, 2, …"""
    image = torch.zeros(1, 1, v.n, v.n, requires_grad=True)
    numbers = torch.arange(1.0, v.k**2 + 1).reshape(1, 1, v.k, v.k)
    F.conv2d(image, numbers, stride=v.s)[0, 0, v.i - v.base, v.j - v.base].backward()
    x, w = sympy.IndexedBase("x"), sympy.IndexedBase("w")
    terms = []
    for row, column in image.grad[0, 0].nonzero().tolist():
        a, b = divmod(int(image.grad[0, 0, row, column]) - 1, v.k)
        terms.append(x[row + v.base, column + v.base] * w[a + v.base, b + v.base])
    return {"y_ij": sympy.Add(*terms)}


@oracle("convolution/by_hand")
def convolution_by_hand(v):
    output = rows_of(F.conv2d(tensor(v.image), tensor(v.kernel)))
    return {"first": output[0][0], "output": output}


@oracle("convolution/zero_padding")
def zero_padding(v):
    output = F.conv2d(tensor(v.image), tensor(v.kernel), padding=1)
    row = output[0, 0, 0].tolist()
    return {"size": tuple(output.shape[2:]), "first": row[0], "top": row[v.column - 1]}
