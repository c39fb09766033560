import { describe, expect, it } from "vitest";
import { fileName, queryOf } from "../src/api/send";
import { bodyOf, changesOf, emptyForm, filledPath, isSame, missingOf, refusalsByField } from "../src/document/bodies";
import type { Field } from "../src/document/fields";
import { momentShown, nameOf, shown } from "../src/document/values";

function field(name: string, more: Partial<Field> = {}): Field {
  return { name, title: name, help: "", kind: "text", required: false, nullable: true, labels: {}, initial: undefined, longest: null, inner: [], ...more };
}

describe("what is sent", () => {
  it("leaves out what was left empty, but never what is required", () => {
    const fields = [field("a"), field("b", { required: true }), field("c"), field("n", { kind: "integer" })];

    expect(bodyOf(fields, { a: "", b: null, c: "x", n: "12" })).toEqual({ b: null, c: "x", n: 12 });
  });

  it("of a correction is what changed, an emptied field as null", () => {
    const fields = [field("a"), field("b"), field("c"), field("many", { kind: "choices" })];
    const before = { a: "1", b: "2", c: null, many: ["x"] };

    expect(changesOf(fields, { a: "1", b: "", c: "", many: [] }, before)).toEqual({ b: null, many: [] });
  });

  it("goes into objects and lists", () => {
    const inner = [field("x", { required: true, kind: "integer" }), field("y")];
    const fields = [field("o", { kind: "object", inner }), field("l", { kind: "list", inner })];

    expect(bodyOf(fields, { o: { x: "1", y: "" }, l: [{ x: "2", y: "z" }] })).toEqual({ o: { x: 1 }, l: [{ x: 2, y: "z" }] });
  });

  it("is complete before it is sent", () => {
    const fields = [field("a", { required: true, nullable: false }), field("b", { required: true, nullable: false, kind: "boolean" })];

    expect(missingOf(fields, { a: "", b: false }).map((one) => one.name)).toEqual(["a"]);
    expect(missingOf(fields, { a: 0, b: false })).toEqual([]);
  });

  it("starts from what is known and from defaults of its own", () => {
    const fields = [field("a", { initial: ["x"] }), field("b"), field("c", { kind: "list" })];
    const form = emptyForm(fields, { b: "known" });
    (form.a as string[]).push("y");

    expect(emptyForm(fields, { b: "known" })).toEqual({ a: ["x"], b: "known", c: [] });
  });
});

describe("addresses", () => {
  it("are filled with encoded values", () => {
    expect(filledPath("/x/{id}/y", { id: "a/b c" })).toBe("/x/a%2Fb%20c/y");
    expect(queryOf({ a: ["1", "2"], b: "", c: null, d: false })).toBe("?a=1&a=2&d=false");
  });

  it("of files give the name the system chose", () => {
    expect(fileName("attachment; filename=\"x.csv\"; filename*=utf-8''%E5%85%9A%E5%91%98.xlsx")).toBe("党员.xlsx");
    expect(fileName('attachment; filename="x.csv"')).toBe("x.csv");
  });
});

describe("refusals", () => {
  it("stand at the field they point to", () => {
    const errors = [{ pointer: "/body/name", message: "必填" }, { pointer: "/body/name/0", message: "太长" }, { pointer: "/query/year", message: "不对" }];

    expect(refusalsByField(errors)).toEqual({ name: "必填;太长", year: "不对" });
  });
});

describe("what a person reads", () => {
  it("is words, not codes", () => {
    expect(shown(field("s", { kind: "choice", labels: { a: "甲" } }), "a")).toBe("甲");
    expect(shown(field("s", { kind: "choices", labels: { a: "甲", b: "乙" } }), ["a", "b"])).toBe("甲、乙");
    expect(shown(field("b"), true)).toBe("是");
    expect(shown(field("n"), null)).toBe("—");
    expect(shown(field("n"), 0)).toBe("0");
    expect(shown(field("o", { inner: [field("x", { title: "项" })] }), { x: 1, id: "u" })).toBe("项:1");
  });

  it("is the time in Shanghai", () => {
    expect(momentShown("2025-06-30T16:30:00Z")).toBe("2025-07-01 00:30");
    expect(momentShown("x")).toBe("x");
  });

  it("is the name of a row", () => {
    expect(nameOf({ id: "u", organization_name: "甲支部", year: 2025 })).toBe("2025 年 甲支部");
    expect(nameOf({ id: "u" })).toBe("u");
  });

  it("is the same where it means the same", () => {
    expect(isSame(null, "")).toBe(true);
    expect(isSame(undefined, [])).toBe(true);
    expect(isSame(0, null)).toBe(false);
    expect(isSame(["a"], ["a"])).toBe(true);
  });
});
