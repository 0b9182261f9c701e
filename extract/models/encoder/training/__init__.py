"""How the network is trained; needs torch and onnx, which nothing needs that only runs it."""
