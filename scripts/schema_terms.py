"""Cut the terms of a ClaimReview out of schema.org's vocabulary, for datasets/schemas/schemaorg.json.

Usage: python scripts/schema_terms.py schemaorg-current-https.jsonld VERSION
"""

import json
import sys
from pathlib import Path

from medialit.files import data_path

CLASSES = (
    "ClaimReview Claim Rating Organization Person CreativeWork Review Intangible Thing Text URL Date DateTime Number Integer"
).split()
PROPERTIES = (
    "claimReviewed reviewRating itemReviewed author datePublished url inLanguage reviewBody headline citation name "
    "appearance firstAppearance ratingValue bestRating worstRating alternateName"
).split()


def names(value: object) -> list[str]:
    """``schema:Thing`` as ``Thing``, one or several."""
    found = value if isinstance(value, list) else [value] if value else []
    return sorted(one["@id"].removeprefix("schema:") for one in found)


def main(file: str, version: str) -> None:
    """Write the extract."""
    graph = {node["@id"].removeprefix("schema:"): node for node in json.loads(Path(file).read_text("utf-8"))["@graph"]}
    data = {
        "source": f"schema.org vocabulary, version {version}, schemaorg-current-https.jsonld: https://schema.org/docs/developers.html",
        "license": "Creative Commons Attribution-ShareAlike 3.0 (https://creativecommons.org/licenses/by-sa/3.0/), see "
        "https://schema.org/docs/terms.html",
        "changed": "Only the terms of a ClaimReview, each with its classes above (classes) and with domainIncludes and "
        "rangeIncludes (properties). Written by scripts/schema_terms.py.",
        "classes": {name: names(graph[name].get("rdfs:subClassOf")) for name in CLASSES},
        "properties": {
            name: [names(graph[name].get(f"schema:{side}")) for side in ("domainIncludes", "rangeIncludes")]
            for name in PROPERTIES
        },
    }
    text = json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True)
    data_path("schemas", "schemaorg.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
