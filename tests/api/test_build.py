"""What `make build` writes is what stands in the repository."""

from api.build import generated


def test_generated_files_are_up_to_date() -> None:
    stale = [path.name for path, content in generated() if path.read_text(encoding="utf-8") != content]
    assert stale == [], "run make build, look at what changed, and commit it"
