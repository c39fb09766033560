/** What the person who is signed in may open, by service. */
import { computed } from "vue";
import { rolesHeld } from "../api/session";
import { contract } from "./contract";
import { mayCall, type Register } from "./registers";

export const SERVICES: Record<string, string> = { registry: "组织与党员", scoring: "积分与评议", training: "组织生活与培训", events: "审计" };

export const offered = computed(() => {
  const roles = rolesHeld();
  const found = new Map<string, Register[]>();
  for (const register of contract.value?.registers ?? []) {
    if (!mayCall(register.list.operation, roles) || isBelowARow(register)) continue;
    found.set(register.service, [...(found.get(register.service) ?? []), register]);
  }
  return found;
});

/** Shown with the row it belongs to; `{year}` and the like are asked for instead. */
function isBelowARow(register: Register): boolean {
  return /\{\w+_id\}/.test(register.list.path);
}
