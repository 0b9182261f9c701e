"""Who is who: which actors might be one, what was judged of them, and the one id that follows."""
