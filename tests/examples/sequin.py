"""Where Operation SEQUIN is kept."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "sequin"
