"""The domain language of Kaozheng: frozen models without input or output."""
