import type { OpenApi, Parameter, Schema } from "./types";

export type Kind =
  | "text" | "long" | "integer" | "decimal" | "boolean" | "day" | "moment" | "choice" | "choices"
  | "reference" | "references" | "secret" | "file" | "object" | "list";

export interface Field {
  name: string;
  title: string;
  help: string;
  kind: Kind;
  required: boolean;
  nullable: boolean;
  labels: Record<string, string>;
  initial: unknown;
  longest: number | null;
  /** Fields of an object, or of every item of a list. */
  inner: Field[];
}

const LONG_TEXT = 200;

export function resolve(document: OpenApi, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = document.components.schemas[schema.$ref.slice("#/components/schemas/".length)] ?? {};
  const { $ref: _, ...beside } = schema;
  return { ...resolve(document, found), ...beside };
}

/** The schema without its null, and whether there was one. */
export function settled(document: OpenApi, given: Schema): { schema: Schema; nullable: boolean } {
  const schema = resolve(document, given);
  if (schema.anyOf === undefined) return { schema, nullable: schema.type === "null" };
  const kinds = schema.anyOf.filter((one) => one.type !== "null");
  const { anyOf: _, ...beside } = schema;
  const chosen = kinds.find((one) => one.type !== "string") ?? kinds[0] ?? {};
  return { schema: { ...settled(document, chosen).schema, ...beside }, nullable: kinds.length < schema.anyOf.length };
}

function kindOf(document: OpenApi, name: string, schema: Schema, given: Schema): Kind {
  if (labelsOf(schema) !== null) return "choice";
  switch (schema.type) {
    case "boolean": return "boolean";
    case "integer": return "integer";
    case "number": return "decimal";
    case "array": return kindOfItems(document, name, schema.items ?? {});
    case "object": return "object";
  }
  if (given.anyOf?.some((one) => one.type === "number") === true) return "decimal";
  if (schema.format === "date") return "day";
  if (schema.format === "date-time") return "moment";
  if (schema.format === "password") return "secret";
  if (schema.format === "binary" || schema.contentMediaType !== undefined) return "file";
  if (schema.format === "uuid") return "reference";
  return (schema.maxLength ?? 0) > LONG_TEXT ? "long" : "text";
}

function kindOfItems(document: OpenApi, name: string, given: Schema): Kind {
  const { schema } = settled(document, given);
  const inner = kindOf(document, name, schema, given);
  if (inner === "choice") return "choices";
  return inner === "reference" ? "references" : "list";
}

function labelsOf(schema: Schema): Record<string, string> | null {
  const labels = schema["x-enum-labels"];
  if (labels !== undefined) return labels;
  const values = schema.enum ?? (schema.const === undefined ? null : [schema.const]);
  return values === null ? null : Object.fromEntries(values.map((value) => [String(value), String(value)]));
}

export function fieldOf(document: OpenApi, name: string, given: Schema, required: boolean): Field {
  const { schema, nullable } = settled(document, given);
  const kind = kindOf(document, name, schema, resolve(document, given));
  const items = kind === "choices" || kind === "list" ? settled(document, schema.items ?? {}).schema : schema;
  const title = schema.title ?? schema.description ?? name;
  const help = helpOf(schema.description, title);
  return {
    name, title, help, kind, required, nullable,
    labels: labelsOf(items) ?? {},
    initial: schema.default,
    longest: schema.maxLength ?? null,
    inner: kind === "object" || kind === "list" ? fieldsOf(document, items) : [],
  };
}

/** A sentence for people says more than the title; what is not Chinese was written for programmers. */
function helpOf(description: string | undefined, title: string): string {
  return description === undefined || description === title || !/[\u4e00-\u9fff]/.test(description) ? "" : description;
}

/** In the order of `required`, which is the order of the service; properties themselves come sorted by name. */
export function fieldsOf(document: OpenApi, given: Schema): Field[] {
  const { schema } = settled(document, given);
  const required = schema.required ?? [];
  const properties = schema.properties ?? {};
  const names = [...required.filter((name) => name in properties), ...Object.keys(properties).filter((name) => !required.includes(name))];
  return names.map((name) => fieldOf(document, name, properties[name] ?? {}, required.includes(name)));
}

export function fieldOfParameter(document: OpenApi, parameter: Parameter): Field {
  const field = fieldOf(document, parameter.name, parameter.schema, parameter.required === true);
  return { ...field, help: helpOf(parameter.description, field.title) };
}
