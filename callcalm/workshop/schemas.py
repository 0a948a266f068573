"""Write every JSON Schema that editors use: ``python -m callcalm.workshop.schemas``.

They come from the shapes that check the files, and lie together in `content/schemas/`; a test holds them to the
shapes. Those of content are made there; settings belong to storage, which content must not know.
"""

from __future__ import annotations

import json

from callcalm.content.schemas_build import FOLDER, schemas
from callcalm.storage.settings_shape import settings_record


def all_schemas() -> dict[str, str]:
    """The text of every schema file, by its name."""
    settings = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "callcalm's settings",
        **settings_record().json_schema(),
    }
    return {**schemas(), "settings.json": json.dumps(settings, ensure_ascii=False, indent=2) + "\n"}


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in all_schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
