"""The one base of all models, so that freezing and strictness are said once."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value: hashable by content, refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
