"""Cut the terms of a ClaimReview out of schema.org's vocabulary, for datasets/schemas/schemaorg.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from medialit.errors import MedialitError
from medialit.files import data_path, read_text, write_whole

CLASSES = (
    "ClaimReview Claim Rating Organization Person CreativeWork Review Intangible Thing Text URL Date DateTime Number Integer"
).split()
PROPERTIES = (
    "claimReviewed reviewRating itemReviewed author datePublished url inLanguage reviewBody headline citation name "
    "appearance firstAppearance ratingValue bestRating worstRating alternateName"
).split()


def names(value: Any) -> list[str]:
    """``schema:Thing`` as ``Thing``, one or several."""
    found = value if isinstance(value, list) else [value] if value else []
    return sorted(one["@id"].removeprefix("schema:") for one in found)


def cut_terms(file: Path, version: str) -> Path:
    """Write the extract of ``schemaorg-current-https.jsonld``; returns its place. Raises MedialitError for another file."""
    try:
        graph = {node["@id"].removeprefix("schema:"): node for node in json.loads(read_text(file))["@graph"]}
        data = _extract(graph, version)
    except (ValueError, LookupError, TypeError):
        raise MedialitError(
            f"{file} is not schema.org's vocabulary as JSON-LD, with every term of a ClaimReview."
        ) from None
    place = data_path("schemas", "schemaorg.json")
    write_whole(place, (json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())
    return place


def _extract(graph: dict[str, Any], version: str) -> dict[str, Any]:
    return {
        "source": f"schema.org vocabulary, version {version}, schemaorg-current-https.jsonld: https://schema.org/docs/developers.html",
        "license": "Creative Commons Attribution-ShareAlike 3.0 (https://creativecommons.org/licenses/by-sa/3.0/), see "
        "https://schema.org/docs/terms.html",
        "changed": "Only the terms of a ClaimReview, each with its classes above (classes) and with domainIncludes and "
        "rangeIncludes (properties). Written by medialit author schema.",
        "classes": {name: names(graph[name].get("rdfs:subClassOf")) for name in CLASSES},
        "properties": {
            name: [names(graph[name].get(f"schema:{side}")) for side in ("domainIncludes", "rangeIncludes")]
            for name in PROPERTIES
        },
    }
