/** The document this installation serves, read once; every page draws itself from it. */
import { shallowRef } from "vue";
import { problemOf, unreachable } from "../api/problems";
import { registersOf, type Register } from "./registers";
import type { OpenApi } from "./types";

export interface Contract {
  document: OpenApi;
  registers: Register[];
}

export const contract = shallowRef<Contract | null>(null);
const TRIES = 3;
const PAUSE = 3000;
let reading: Promise<Contract> | null = null;

export function readContract(): Promise<Contract> {
  reading ??= read().catch((error: unknown) => {
    reading = null;
    throw error;
  });
  return reading;
}

/** A service that has just started may need a moment to write its part; one that stays away is named on the page. */
async function read(tries = TRIES): Promise<Contract> {
  const answer = await fetch("/openapi.json").catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw await problemOf(answer);
  const data = (await answer.json()) as OpenApi;
  if (tries > 1 && data["x-missing"]?.some((one) => one.shown === "nothing") === true) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return read(tries - 1);
  }
  contract.value = { document: data, registers: registersOf(data) };
  return contract.value;
}

export function registerBy(id: string): Register | null {
  return contract.value?.registers.find((one) => one.id === id) ?? null;
}
