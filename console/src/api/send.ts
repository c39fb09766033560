/** Every request of the pages: with a token that holds, and again after it was renewed. */
import { Problem, problemOf, unreachable } from "./problems";
import { accessToken, distrust } from "./session";

export interface Wanted {
  method: string;
  path: string;
  query?: Record<string, unknown>;
  body?: unknown;
  etag?: string | null;
  key?: string | null;
  signal?: AbortSignal;
}

export interface Answer<T = unknown> {
  status: number;
  etag: string | null;
  data: T;
}

const UNAUTHORIZED = 401;

export function queryOf(values: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

function headersOf(wanted: Wanted, token: string): Record<string, string> {
  const headers: Record<string, string> = {};
  if (token !== "") headers.Authorization = `Bearer ${token}`;
  if (wanted.body !== undefined && !(wanted.body instanceof FormData)) headers["Content-Type"] = "application/json";
  if (typeof wanted.etag === "string") headers["If-Match"] = wanted.etag;
  if (typeof wanted.key === "string") headers["Idempotency-Key"] = wanted.key;
  return headers;
}

async function sentOnce(wanted: Wanted, token: string): Promise<Response> {
  const { body } = wanted;
  const init: RequestInit = { method: wanted.method.toUpperCase(), headers: headersOf(wanted, token), cache: "no-store" };
  if (body !== undefined) init.body = body instanceof FormData ? body : JSON.stringify(body);
  if (wanted.signal !== undefined) init.signal = wanted.signal;
  try {
    return await fetch(wanted.path + queryOf(wanted.query ?? {}), init);
  } catch (error) {
    throw error instanceof DOMException && error.name === "AbortError" ? error : unreachable();
  }
}

async function sent(wanted: Wanted): Promise<Response> {
  const token = await accessToken();
  const answer = await sentOnce(wanted, token);
  if (answer.status !== UNAUTHORIZED) return answer;
  distrust(token);
  return sentOnce(wanted, await accessToken());
}

export async function send<T = unknown>(wanted: Wanted): Promise<Answer<T>> {
  const answer = await sent(wanted);
  if (!answer.ok) throw await problemOf(answer);
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get("etag"),
    data: (text === "" ? null : JSON.parse(text)) as T,
  };
}

/** A file under the name the system gives it. */
export async function download(path: string, query: Record<string, unknown>): Promise<void> {
  const answer = await sent({ method: "get", path, query });
  if (!answer.ok) throw await problemOf(answer);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = fileName(answer.headers.get("content-disposition") ?? "");
  link.click();
  URL.revokeObjectURL(link.href);
}

export function fileName(disposition: string): string {
  const coded = /filename\*=(?:utf-8|UTF-8)''([^;]+)/.exec(disposition)?.[1];
  if (coded !== undefined) return decodeURIComponent(coded);
  return /filename="?([^";]+)"?/.exec(disposition)?.[1] ?? "下载";
}

/** For openapi-fetch: typed calls take the same way. */
export async function fetchLikePages(request: Request): Promise<Response> {
  const token = await accessToken();
  const again = request.clone();
  if (token !== "") request.headers.set("Authorization", `Bearer ${token}`);
  const answer = await fetch(request);
  if (answer.status !== UNAUTHORIZED) return answer;
  distrust(token);
  again.headers.set("Authorization", `Bearer ${await accessToken()}`);
  return fetch(again);
}

export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.status === 412;
}
