/** What a person reads of a value; nothing here is ever put into a page as markup. */
import type { Field } from "./fields";

export type Row = Record<string, unknown>;

const MOMENT = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  hourCycle: "h23",
});
const NOTHING = "—";
const TECHNICAL = new Set(["id", "version", "root_id"]);

export function shown(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === "") return NOTHING;
  if (Array.isArray(value)) return value.length === 0 ? NOTHING : value.map((one) => shownItem(field, one)).join("、");
  if (typeof value === "boolean") return value ? "是" : "否";
  if (field.kind === "moment") return momentShown(String(value));
  if (typeof value === "object") return objectShown(field.inner, value as Row);
  return field.labels[String(value)] ?? String(value);
}

function shownItem(field: Field, value: unknown): string {
  if (typeof value === "object" && value !== null) return objectShown(field.inner, value as Row);
  return field.labels[String(value)] ?? String(value);
}

function objectShown(fields: Field[], value: Row): string {
  const known = new Map(fields.map((one) => [one.name, one]));
  const parts = Object.entries(value).filter(([name, one]) => !isBesideName(name, value) && one !== null);
  return parts.map(([name, one]) => {
    const field = known.get(name);
    return field === undefined ? `${name}:${String(one)}` : `${field.title}:${shown(field, one)}`;
  }).join(",");
}

export function momentShown(text: string): string {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text : MOMENT.format(moment).replaceAll("/", "-");
}

/** An id that has its name beside it says nothing more to a person. */
export function isBesideName(name: string, row: Row): boolean {
  return TECHNICAL.has(name) || (name.endsWith("_id") && `${name.slice(0, -3)}_name` in row);
}

/** The columns of a list and the lines of a detail: what is for people, in the order of the document. */
export function readable(fields: Field[]): Field[] {
  const names = Object.fromEntries(fields.map((one) => [one.name, null]));
  return fields.filter((one) => !isBesideName(one.name, names) && one.name !== "permissions");
}

export function nameOf(row: Row): string {
  for (const key of ["name", "title", "text", "member_name", "subject_name", "organization_name", "unit_name", "username", "id"]) {
    const value = row[key];
    if (typeof value === "string" && value !== "") return "year" in row ? `${String(row.year)} 年 ${value}` : value;
  }
  return NOTHING;
}
