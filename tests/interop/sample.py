"""A badge as a rubric gives it, its status list, and the published documents they are read with."""

import base64
import gzip
import shutil
from pathlib import Path
from typing import Any

from tests.shared import find_shared

# A key for tests only: its seed, the did:key that @digitalbazaar/ed25519-multikey makes of it, and another's.
SEED = bytes(range(32))
ISSUER = "did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"
OTHER_ISSUER = "did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z"

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0"
SCHEMA = f"{OPEN_BADGES}/schema/json/ob_v3p0_achievementcredential_schema.json"
ACHIEVEMENT = "urn:uuid:5b0d3c54-6c8e-4f1c-9d35-2f6f1f6f2d10"
STATUS_LIST = "https://badges.example.edu/status/1"

LEVELS = {
    "beginning": "Follows goals that others set.",
    "developing": "Names the team’s goal when asked.",
    "proficient": "Helps the team agree on a goal and restates it in their own words.",
    "exemplary": "Brings conflicting aims together into one goal that the whole team supports.",
}
SUBCOMPETENCIES = {"shared-goals": "Works toward shared goals", "listens": "Listens – and asks back"}


def build_credential(issuer: str = ISSUER) -> dict[str, Any]:
    """Return an unsigned OpenBadgeCredential with results, levels, alignment and a schema."""
    return {
        "@context": [CREDENTIALS, f"{OPEN_BADGES}/context-3.0.3.json", f"{OPEN_BADGES}/extensions.json"],
        "id": "urn:uuid:7d1f3f2e-6f1c-4f2b-8f77-0c2c2a7f9a01",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Teamwork",
        "issuer": {
            "id": issuer,
            "type": ["Profile"],
            "name": "Example College",
            "url": "https://badges.example.edu",
            "email": "badges@example.edu",
        },
        "validFrom": "2026-01-15T09:30:00Z",
        "awardedDate": "2026-01-15T09:30:00Z",
        "credentialSubject": {
            "id": "urn:uuid:0f8f4f2b-7d55-4a8b-8f0a-6f2f1d9f7c02",
            "type": ["AchievementSubject"],
            "achievement": build_achievement(),
            "result": [
                {
                    "id": f"urn:uuid:7d1f3f2e-6f1c-4f2b-8f77-0c2c2a7f9a01#{name}",
                    "type": ["Result"],
                    "resultDescription": f"{ACHIEVEMENT}#{name}",
                    "achievedLevel": f"{ACHIEVEMENT}#{name}/proficient",
                    "value": "3.25",
                }
                for name in SUBCOMPETENCIES
            ],
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def build_achievement() -> dict[str, Any]:
    """Return the achievement of the sample rubric: one result description a sub-competency."""
    return {
        "id": ACHIEVEMENT,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": "Teamwork",
        "description": "Works with others toward a shared goal.",
        "criteria": {"narrative": "Shown at *proficient* or above:\n\n- shared goals\n- listening"},
        "image": {"id": "data:image/svg+xml;base64,PHN2Zy8+", "type": "Image", "caption": "Two hands"},
        "inLanguage": "en",
        "tag": ["teamwork", "collaboration"],
        "version": "1.0.0",
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "work in teams",
                "targetUrl": "http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0",
                "targetFramework": "ESCO",
            }
        ],
        "resultDescription": [
            {
                "id": f"{ACHIEVEMENT}#{name}",
                "type": ["ResultDescription"],
                "name": title,
                "resultType": "RubricCriterionLevel",
                "requiredLevel": f"{ACHIEVEMENT}#{name}/proficient",
                "rubricCriterionLevel": [
                    {
                        "id": f"{ACHIEVEMENT}#{name}/{level}",
                        "type": ["RubricCriterionLevel"],
                        "name": level.title(),
                        "description": descriptor,
                        "level": level,
                        "points": str(points),
                    }
                    for points, (level, descriptor) in enumerate(LEVELS.items(), start=1)
                ],
            }
            for name, title in SUBCOMPETENCIES.items()
        ],
    }


def build_status(index: int) -> dict[str, Any]:
    """Return the credentialStatus that points at one bit of the sample status list."""
    return {
        "id": f"{STATUS_LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": STATUS_LIST,
    }


def build_status_list(revoked: int) -> dict[str, Any]:
    """Return an unsigned status list with one bit set (Bitstring Status List v1.0, 3.1)."""
    bits = bytearray(131_072 // 8)
    bits[revoked // 8] |= 0x80 >> revoked % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()
    return {
        "@context": [CREDENTIALS],
        "id": STATUS_LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-01-15T09:30:00Z",
        "credentialSubject": {
            "id": f"{STATUS_LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{packed}",
        },
    }


def collect_published(folder: Path, text: str) -> Path:
    """Fill a folder with the published contexts and the schema, with text A or B of context 3.0.3.

    Two texts are in circulation under the one address; A lacks the terms `endorsementJwt` and `jti`.
    """
    for path in find_shared("standards", "pypi-openbadgeslib-contexts").glob("*.json"):
        shutil.copyfile(path, folder / path.name)
    schemas = find_shared(
        "standards", "conform-ed-vendored-1edtech-schemas", "packages", "coverage", "vendor", "open-badges"
    )
    name = "ob_v3p0_achievementcredential_schema.json"
    shutil.copyfile(schemas / "v3_0" / name, folder / name)
    if text == "A":
        text_a = find_shared("standards", "npm-open-badges-context", "context-3.0.3.json")
        shutil.copyfile(text_a, folder / "ob-v3p0-context-3.0.3.json")
    return folder
