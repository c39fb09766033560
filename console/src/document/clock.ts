/** Today as the system counts it: in the demonstration its clock may stand elsewhere. */
import { send } from "../api/send";

let today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

export async function readClock(): Promise<void> {
  today = (await send<{ today: string }>({ method: "get", path: "/api/v1/registry/clock" })).data.today;
}

export function yearOfToday(): number {
  return Number(today.slice(0, 4));
}
