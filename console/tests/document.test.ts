import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fieldOfParameter, fieldsOf } from "../src/document/fields";
import { answerOf, callsOf, isHistory, mayCall, registerOfReference, registersOf, rowOf } from "../src/document/registers";
import type { OpenApi } from "../src/document/types";
import { readable } from "../src/document/values";

const document = JSON.parse(readFileSync(".generated/openapi.json", "utf-8")) as OpenApi;
const registers = registersOf(document);
const named = (id: string) => {
  const found = registers.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe("registers of the committed document", () => {
  it("are all its lists, found by their shape and by nothing else", () => {
    const lists = callsOf(document).filter((call) => call.id.includes("_list_") || call.id.startsWith("list_"));
    const pages = lists.filter((call) => rowOf(document, call) !== null);

    expect(registers.map((one) => one.id)).toEqual(expect.arrayContaining(pages.map((one) => one.id)));
    expect(registers.length).toBeGreaterThan(40);
  });

  it("leave no write of a list without its place", () => {
    const placed = new Set(registers.flatMap((one) => [...one.actions, ...one.steps]).map((one) => one.id));
    const lost = callsOf(document).filter((call) => call.method !== "get" && !placed.has(call.id)).map((call) => call.path);
    const listed = registers.map((one) => `${one.list.path}/`);

    expect(lost.filter((path) => listed.some((start) => path.startsWith(start)) && !path.includes("/accounts/me/"))).toEqual([]);
  });

  it("know what belongs to a row and what does not", () => {
    const members = named("registry_list_members");

    expect(members.read?.id).toBe("registry_read_member");
    expect(members.history?.path).toBe("/api/v1/registry/members/{member_id}/history");
    expect(members.export?.id).toBe("registry_export_members");
    expect(members.actions.map((one) => one.id)).toEqual(["registry_create_member"]);
    expect(members.steps.map((one) => one.id)).toEqual(expect.arrayContaining(["registry_correct_member", "registry_void_member"]));
    expect(named("registry_list_imports").actions.map((one) => one.id)).toEqual(["registry_open_import"]);
    expect(named("scoring_list_reviews").below.map((one) => one.id)).toContain("scoring_list_review_subjects");
  });

  it("have Chinese titles without the word for a list", () => {
    for (const one of registers) expect(one.title).toMatch(/[\u4e00-\u9fff]/);
    expect(named("registry_list_members").title).toBe("党员");
    expect(named("training_list_meetings").title).toBe("会议和培训班");
  });

  it("give every history that exists to a register or to the row of one", () => {
    const told = new Set(registers.map((one) => one.history?.id));
    const histories = callsOf(document).filter(isHistory).map((one) => one.id);

    expect(histories.filter((id) => !told.has(id))).toEqual([]);
  });
});

describe("fields", () => {
  it("have a kind for everything the document holds", () => {
    const fields = registers.flatMap((one) => fieldsOf(document, one.row));

    expect(fields.filter((one) => one.title === one.name && !["id"].includes(one.name)).map((one) => one.name)).toEqual([]);
    expect(new Set(fields.map((one) => one.kind))).toContain("day");
  });

  it("of a member to be registered are those a person fills in", () => {
    const create = named("registry_list_members").actions[0];
    const schema = create?.operation.requestBody?.content["application/json"]?.schema ?? {};
    const fields = Object.fromEntries(fieldsOf(document, schema).map((one) => [one.name, one]));

    expect(fields.name).toMatchObject({ kind: "text", required: true, title: "姓名", longest: 200 });
    expect(fields.stage?.kind).toBe("choice");
    expect(Object.values(fields.stage?.labels ?? {})).toContain("正式党员");
    expect(fields.joined_on).toMatchObject({ kind: "day", nullable: true, required: false });
    expect(fields.organization_id?.kind).toBe("reference");
  });

  it("show a name and not the number beside it", () => {
    const names = readable(fieldsOf(document, named("registry_list_members").row)).map((one) => one.name);

    expect(names).toContain("organization_name");
    expect(names).not.toContain("organization_id");
    expect(names).not.toContain("version");
  });

  it("of filters keep what the document says of them", () => {
    const parameter = named("registry_list_members").list.operation.parameters?.find((one) => one.name === "stage");

    expect(parameter && fieldOfParameter(document, parameter)).toMatchObject({ kind: "choices", required: false });
  });
});

describe("references", () => {
  it("lead to the register they name, or to the one their title speaks of", () => {
    expect(registerOfReference(registers, "member_id", "党员")?.id).toBe("registry_list_members");
    expect(registerOfReference(registers, "review_id", "评议")?.id).toBe("scoring_list_reviews");
    expect(registerOfReference(registers, "jurisdiction_id", "所在党组织")?.id).toBe("registry_list_organizations");
    expect(registerOfReference(registers, "trace_id", "跟踪号")).toBeNull();
  });
});

describe("roles", () => {
  it("open what they may and nothing else", () => {
    const { operation } = named("registry_list_accounts").list;

    expect(mayCall(operation, new Set(["security_administrator"]))).toBe(true);
    expect(mayCall(operation, new Set(["member"]))).toBe(false);
    expect(mayCall(named("scoring_list_stars").list.operation, new Set())).toBe(true);
  });
});

describe("answers", () => {
  it("are found whatever success is called", () => {
    const create = named("registry_list_members").actions[0];

    expect(create && answerOf(document, create.operation)?.properties?.id_number_masked).toBeDefined();
  });
});
