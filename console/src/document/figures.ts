/** Figures of a composed view, by the shapes the document gives its parts: a new figure appears without a line here. */
import { fieldsOf, type Field } from "./fields";
import { answerOf } from "./registers";
import type { OpenApi } from "./types";
import { shown, type Row } from "./values";

export interface Figure {
  title: string;
  value: string | null;
  lines: [string, string][];
}

export interface Part {
  name: string;
  title: string;
  /** Empty where the part is missing. */
  figures: Figure[];
}

const NOT_FIGURES = new Set(["as_of", "missing"]);
const TOTAL = "total";

export function figuresOf(document: OpenApi, path: string, told: Row): Part[] {
  const operation = document.paths[path]?.get;
  const schema = operation === undefined ? null : answerOf(document, operation);
  const parts = schema === null ? [] : fieldsOf(document, schema).filter((one) => !NOT_FIGURES.has(one.name));
  return parts.map((part) => ({ name: part.name, title: part.title, figures: figuresIn(part.inner, told[part.name]) }));
}

function figuresIn(fields: Field[], value: unknown): Figure[] {
  if (value === null || value === undefined) return [];
  const row = value as Row;
  const figures = fields.filter((one) => !NOT_FIGURES.has(one.name) && !isEmptyList(row[one.name])).map((one) => figureOf(one, row[one.name]));
  return figures.filter((one) => one.value !== null || one.lines.length > 0);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** A number with its parts below it, a number alone, or lines of a list. */
function figureOf(field: Field, value: unknown): Figure {
  if (Array.isArray(value)) return { title: field.title, value: null, lines: value.map((one) => lineOf(field, one as Row)) };
  if (typeof value !== "object" || value === null) return { title: field.title, value: shown(field, value), lines: [] };
  const row = value as Row;
  const known = new Map(field.inner.map((one) => [one.name, one.title]));
  const lines = Object.entries(row).filter(([name, one]) => name !== TOTAL && known.has(name) && one !== null);
  return {
    title: field.title,
    value: TOTAL in row ? String(row[TOTAL] ?? "—") : null,
    lines: lines.map(([name, one]) => [known.get(name) ?? name, String(one)]),
  };
}

function lineOf(field: Field, row: Row): [string, string] {
  const parts = field.inner.filter((one) => one.kind !== "reference" && one.name !== "count").map((one) => shown(one, row[one.name]));
  return [parts.join(" · "), String(row.count ?? "")];
}
