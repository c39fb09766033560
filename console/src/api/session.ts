/** Who is signed in. The access token lives in this page's memory only; what renews it is a cookie no script sees. */
import { reactive } from "vue";
import { Problem, problemOf, unreachable } from "./problems";

export interface HeldRole {
  role: string;
  label: string;
  organization_id: string | null;
  organization_name: string | null;
}

export interface OwnAccount {
  account_id: string;
  username: string;
  person: { id: string; name: string } | null;
  roles: HeldRole[];
  must_change_password: boolean;
}

interface Login {
  access_token: string;
  expires_in: number;
  must_change_password: boolean;
}

const LOGINS = "/api/v1/browser/logins";
const LOCK = "liangxin-refresh";
const CHANNEL = "liangxin-logins";
const RENEWED_BEFORE_END = 30;
const TRIES_AFTER_A_LOST_RACE = 3;

/** `asks`: somebody must log in before what is waiting can go on; the page beneath keeps what was filled in. */
export const session = reactive({
  state: "unknown" as "unknown" | "out" | "in",
  asks: false,
  account: null as OwnAccount | null,
});

let token = "";
let endsAt = 0;
let waiting: (() => void)[] = [];
let renewing: Promise<boolean> | null = null;
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null;
channel?.addEventListener("message", () => forget());

function keep(login: Login): void {
  token = login.access_token;
  endsAt = Date.now() + (login.expires_in - RENEWED_BEFORE_END) * 1000;
}

function forget(): void {
  token = "";
  endsAt = 0;
  session.account = null;
  session.state = "out";
  session.asks = false;
  waiting = [];
}

async function asked(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${LOGINS}${path}`, { credentials: "same-origin", cache: "no-store", ...init });
  } catch {
    throw unreachable();
  }
}

export async function logIn(username: string, password: string): Promise<void> {
  const answer = await asked("", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (!answer.ok) throw await problemOf(answer);
  const before = session.account?.account_id;
  keep((await answer.json()) as Login);
  await readAccount();
  if (before !== undefined && before !== session.account?.account_id) location.reload();
  session.state = "in";
  session.asks = false;
  const resumed = waiting;
  waiting = [];
  for (const go of resumed) go();
}

export async function logOut(): Promise<void> {
  const current = await accessToken();
  await asked("/current", { method: "DELETE", headers: current === "" ? {} : { Authorization: `Bearer ${current}` } });
  forget();
  channel?.postMessage("out");
}

/** After a reload, and in a second tab: signed in as long as the cookie says so. */
export async function resume(): Promise<void> {
  if (await renew()) {
    await readAccount();
    session.state = "in";
  } else {
    session.state = "out";
  }
}

async function readAccount(): Promise<void> {
  const answer = await fetch("/api/v1/registry/accounts/me", { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw await problemOf(answer);
  session.account = (await answer.json()) as OwnAccount;
}

/** One renewal at a time, in this tab and (by the lock) in all tabs: two would use the same token twice. */
export function renew(): Promise<boolean> {
  renewing ??= locked(renewed).finally(() => {
    renewing = null;
  });
  return renewing;
}

function locked(work: () => Promise<boolean>): Promise<boolean> {
  return "locks" in navigator ? (navigator.locks.request(LOCK, work) as unknown as Promise<boolean>) : work();
}

async function renewed(): Promise<boolean> {
  for (let tries = 0; tries < TRIES_AFTER_A_LOST_RACE; tries += 1) {
    const answer = await asked("/refresh", { method: "POST" });
    if (answer.ok) {
      keep((await answer.json()) as Login);
      return true;
    }
    if (answer.status === 401) return false;
    if (answer.status !== 409) throw await problemOf(answer);
  }
  return false;
}

/** A token that still holds; asks the person to log in where nothing else helps, and waits for it. */
export async function accessToken(): Promise<string> {
  if (token !== "" && Date.now() < endsAt) return token;
  if (await renew()) return token;
  if (session.state !== "in") return "";
  await loggedInAgain();
  return token;
}

/** The token was refused although it should hold: a role changed, or somebody ended this login. */
export function distrust(refused: string): void {
  if (refused === token) endsAt = 0;
}

function loggedInAgain(): Promise<void> {
  session.asks = true;
  return new Promise((resolve) => waiting.push(resolve));
}

export function rolesHeld(): ReadonlySet<string> {
  return new Set(session.account?.roles.map((one) => one.role) ?? []);
}

export function isWrongPassword(error: unknown): boolean {
  return error instanceof Problem && error.code === "login-refused";
}
