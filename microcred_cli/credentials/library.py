"""The published contexts and schema that documents are read by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
SCHEMA_TYPE = "1EdTechJsonSchemaValidator2019"

CONTEXTS = (VC_CONTEXT, OB_CONTEXT, EXTENSIONS)
"""What our badges name, in this order. Verifiers in safe mode need the third for ``SCHEMA_TYPE``."""

Json = Any
"""A JSON value as the strict reader yields it."""
Document = Mapping[str, Json]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Library:
    """Contexts by their address (what the published files hold under ``@context``), and the JSON Schema."""

    contexts: Mapping[str, Json]
    schema: Document
