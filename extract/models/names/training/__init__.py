"""How the network of names is tuned; needs torch, onnx and the base model, which nothing else needs."""
