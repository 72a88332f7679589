"""Data in and out: the published JSON contract, its schema, and how it is written."""

from jixiao.exchange.encode import dump_json, dump_yaml
from jixiao.exchange.envelope import Envelope, Syntax
from jixiao.exchange.schema import SCHEMAS, SchemaName, schema

__all__ = [
    "SCHEMAS",
    "Envelope",
    "SchemaName",
    "Syntax",
    "dump_json",
    "dump_yaml",
    "schema",
]
