# lets PyTorch differentiate
def conv2d_backward(dy, x, w):
    xt, wt = torch.tensor(x, requires_grad=True), torch.tensor(w, requires_grad=True)
    bt = torch.zeros(len(w), dtype=wt.dtype, requires_grad=True)
    y = torch.nn.functional.conv2d(xt, wt, bt, {{ s }}, {{ p }})
    y.backward(torch.tensor(dy))
    return xt.grad.numpy(), wt.grad.numpy(), bt.grad.numpy()
