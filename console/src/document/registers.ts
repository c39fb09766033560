/** Every list of the document is a register; what stands below its address belongs to it. */
import { resolve } from "./fields";
import type { Call, Method, OpenApi, Operation, Schema } from "./types";

export interface Register {
  /** operationId of the list. */
  id: string;
  title: string;
  tag: string;
  service: string;
  list: Call;
  row: Schema;
  export: Call | null;
  read: Call | null;
  history: Call | null;
  /** The name of the id in the addresses of its rows, as `member_id`. */
  key: string | null;
  /** What is done without a row (登记、导入…), and to a row (更正、结束…). */
  actions: Call[];
  steps: Call[];
  /** Lists and reads below one row, as the subjects of a review. */
  below: Call[];
}

const METHODS: Method[] = ["get", "post", "put", "patch", "delete"];
const JSON_TYPE = "application/json";
const UNLISTED = new Set(["/api/v1/registry/tokens", "/api/v1/registry/logins"]);

export function callsOf(document: OpenApi): Call[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ id: operation.operationId, method, path, operation }];
    }),
  );
}

export function answerOf(document: OpenApi, operation: Operation): Schema | null {
  for (const [status, answer] of Object.entries(operation.responses)) {
    const schema = answer.content?.[JSON_TYPE]?.schema;
    if (status.startsWith("2") && schema !== undefined) return resolve(document, schema);
  }
  return null;
}

/** The schema of a page's rows; null where an answer is no page. */
export function rowOf(document: OpenApi, call: Call): Schema | null {
  if (call.method !== "get") return null;
  const properties = answerOf(document, call.operation)?.properties;
  if (properties?.items?.items === undefined || properties.next === undefined) return null;
  return resolve(document, properties.items.items);
}

export function isHistory(call: Call): boolean {
  return call.path.endsWith("/history");
}

function lastParameter(path: string): string | null {
  return /\{(\w+)\}$/.exec(path)?.[1] ?? null;
}

export function registersOf(document: OpenApi): Register[] {
  const calls = callsOf(document);
  const lists = calls.filter((call) => rowOf(document, call) !== null && !isHistory(call) && lastParameter(call.path) === null);
  const byLength = [...lists].sort((one, other) => other.path.length - one.path.length);
  const owned = new Map<string, Call[]>(lists.map((list) => [list.path, []]));
  for (const call of calls) {
    const owner = byLength.find((list) => call !== list && (call.path === list.path || call.path.startsWith(`${list.path}/`)));
    if (owner !== undefined && !UNLISTED.has(call.path)) owned.get(owner.path)?.push(call);
  }
  const registers = lists.map((list) => registerOf(document, list, owned.get(list.path) ?? []));
  return registers.map((one) => ({ ...one, below: [...one.below, ...listsBelow(one, lists)] }));
}

function listsBelow(register: Register, lists: Call[]): Call[] {
  if (register.key === null) return [];
  const start = `${register.list.path}/{${register.key}}/`;
  return lists.filter((list) => list.path.startsWith(start));
}

/** What a button or a heading can hold: the summary without what it explains. */
export function plain(summary: string): string {
  return summary.replace(/[((::].*$/, "");
}

function registerOf(document: OpenApi, list: Call, owned: Call[]): Register {
  const read = owned.find((call) => call.method === "get" && isOwnRow(list, call)) ?? null;
  const key = read !== null ? lastParameter(read.path) : keyOf(list, owned);
  const start = key === null ? null : `${list.path}/{${key}}`;
  const isOfRow = (call: Call) => start !== null && (call.path === start || call.path.startsWith(`${start}/`));
  const writes = owned.filter((call) => call.method !== "get");
  const reads = owned.filter((call) => call.method === "get" && call !== read && isOfRow(call) && !isHistory(call));
  return {
    id: list.id,
    title: plain(list.operation.summary ?? list.id).replace(/^(查询|查看|列出)/, "").replace(/列表$/, ""),
    tag: list.operation.tags?.[0] ?? "其他",
    service: list.path.split("/")[3] ?? "",
    list,
    row: rowOf(document, list) ?? {},
    export: owned.find((call) => call.method === "get" && call.path === `${list.path}/export`) ?? null,
    read,
    history: owned.find((call) => isHistory(call) && isOfRow(call)) ?? null,
    key,
    actions: writes.filter((call) => !isOfRow(call)),
    steps: writes.filter(isOfRow),
    below: reads.filter((call) => !call.path.endsWith("/export")),
  };
}

function isOwnRow(list: Call, call: Call): boolean {
  const rest = call.path.slice(list.path.length);
  return /^\/\{\w+_id\}$/.test(rest) || /^\/\{(id|day)\}$/.test(rest);
}

/** Without a detail of its own, a register's rows are addressed as their history or steps address them. */
function keyOf(list: Call, owned: Call[]): string | null {
  for (const call of owned) {
    const found = /^\/\{(\w+_id)\}\//.exec(call.path.slice(list.path.length));
    if (found?.[1] !== undefined) return found[1];
  }
  return null;
}

export function mayCall(operation: Operation, roles: ReadonlySet<string>): boolean {
  const allowed = operation["x-roles"] ?? [];
  return allowed.some((role) => role === "public" || role === "signed_in" || roles.has(role));
}

/** The register that an id in a form points to: `member_id` to the members. */
export function registerOfReference(registers: Register[], name: string, title: string): Register | null {
  const plain = name.replace(/_ids?$/, "");
  const listed = registers.filter((one) => !one.list.path.includes("{"));
  const segment = (one: Register) => one.list.path.split("/").at(-1)?.replaceAll("-", "_") ?? "";
  const named = listed.find((one) => [`${plain}s`, `${plain}es`, plain.replace(/y$/, "ies")].includes(segment(one)));
  if (named !== undefined) return named;
  const guess = /组织|支部|党委/.test(title) ? "organizations" : /党员|人员|本人/.test(title) ? "members" : /单位|企业/.test(title) ? "units" : null;
  return guess === null ? null : (listed.find((one) => one.list.path === `/api/v1/registry/${guess}`) ?? null);
}
