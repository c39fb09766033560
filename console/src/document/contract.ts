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
let reading: Promise<Contract> | null = null;

export function readContract(): Promise<Contract> {
  reading ??= read().catch((error: unknown) => {
    reading = null;
    throw error;
  });
  return reading;
}

async function read(): Promise<Contract> {
  const answer = await fetch("/openapi.json").catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw await problemOf(answer);
  const data = (await answer.json()) as OpenApi;
  contract.value = { document: data, registers: registersOf(data) };
  return contract.value;
}

export function registerBy(id: string): Register | null {
  return contract.value?.registers.find((one) => one.id === id) ?? null;
}
