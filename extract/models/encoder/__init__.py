"""A small pretrained transformer, tuned on our annotated articles: what each token says about cut and kind."""
