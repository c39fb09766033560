/** From what stands in a form to what is sent, and back from a refusal to the field it is about. */
import type { Field } from "./fields";
import type { Row } from "./values";

export function emptyValue(field: Field): unknown {
  if (field.initial !== undefined && field.initial !== null) return structuredClone(field.initial);
  if (field.kind === "choices" || field.kind === "references" || field.kind === "list") return [];
  if (field.kind === "object") return Object.fromEntries(field.inner.map((one) => [one.name, emptyValue(one)]));
  return null;
}

export function emptyForm(fields: Field[], known: Row = {}): Row {
  return Object.fromEntries(fields.map((field) => [field.name, known[field.name] ?? emptyValue(field)]));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && !(value instanceof Blob) && Object.values(value).every(isEmpty);
}

function sentValue(field: Field, value: unknown): unknown {
  if (field.kind === "integer" && value !== null && value !== "") return Number(value);
  if (field.kind === "object") return bodyOf(field.inner, (value ?? {}) as Row);
  if (field.kind === "list" && field.inner.length > 0) return (value as Row[]).map((one) => bodyOf(field.inner, one));
  return value;
}

/** Optional fields that were left empty do not travel. */
export function bodyOf(fields: Field[], form: Row): Row {
  const filled = fields.filter((field) => field.required || !isEmpty(form[field.name]));
  return Object.fromEntries(filled.map((field) => [field.name, sentValue(field, form[field.name])]));
}

/** Of a correction only what differs from the version that was read travels; an emptied field as null. */
export function changesOf(fields: Field[], form: Row, before: Row): Row {
  const changed = fields.filter((field) => !isSame(form[field.name], before[field.name]));
  return Object.fromEntries(
    changed.map((field) => [field.name, isEmpty(form[field.name]) ? emptied(field) : sentValue(field, form[field.name])]),
  );
}

function emptied(field: Field): unknown {
  return field.kind === "choices" || field.kind === "references" || field.kind === "list" ? [] : null;
}

export function isSame(one: unknown, other: unknown): boolean {
  return (isEmpty(one) && isEmpty(other)) || JSON.stringify(one) === JSON.stringify(other);
}

export function missingOf(fields: Field[], form: Row): Field[] {
  return fields.filter((field) => field.required && !field.nullable && field.kind !== "boolean" && isEmpty(form[field.name]));
}

/** Refusals by the name of the field they point to (`/body/name`); the rest under the empty name. */
export function refusalsByField(errors: { pointer: string; message: string }[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { pointer, message } of errors) {
    const name = pointer.replace(/^#?\/?(body|query|path)\//, "").split("/")[0] ?? "";
    found[name] = found[name] === undefined ? message : `${found[name]};${message}`;
  }
  return found;
}

export function filledPath(path: string, values: Row): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? "")));
}
