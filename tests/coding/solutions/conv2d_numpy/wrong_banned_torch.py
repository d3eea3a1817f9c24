# calls PyTorch
def conv2d(x, w, b):
    nhwc = "{{ layout }}" == "NHWC"
    if nhwc:
        x, w = x.transpose(0, 3, 1, 2), w.transpose(3, 2, 0, 1)
    x, w, b = (torch.from_numpy(np.ascontiguousarray(a)) for a in (x, w, b))
    y = torch.nn.functional.conv2d(x, w, b, stride={{ s }}, padding={{ p }}).numpy()
    return y.transpose(0, 2, 3, 1) if nhwc else y
