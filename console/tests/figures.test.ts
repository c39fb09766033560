import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figuresOf } from "../src/document/figures";
import type { OpenApi } from "../src/document/types";

const document = JSON.parse(readFileSync(".generated/openapi.json", "utf-8")) as OpenApi;
const told = {
  as_of: "2025-04-02",
  registry: { members: 5, coverage: { economic: "33.33", social: null, total: "33.33" } },
  scoring: null,
  training: { meetings: 2 },
  missing: [{ part: "scoring", detail: "该项服务应答超时" }],
};

describe("figures of the district", () => {
  const parts = Object.fromEntries(figuresOf(document, "/api/v1/overview", told).map((one) => [one.name, one]));

  it("come in the parts of the document, under their Chinese names", () => {
    expect(Object.keys(parts).sort()).toEqual(["registry", "scoring", "training"]);
    expect(parts.registry?.title).toBe("组织与覆盖");
  });

  it("show a number, and what it is made of below it", () => {
    const coverage = parts.registry?.figures.find((one) => one.title === "组织覆盖率");

    expect(parts.registry?.figures.find((one) => one.title.startsWith("在册党员"))?.value).toBe("5");
    expect(coverage?.value).toBe("33.33");
    expect(coverage?.lines.map(([, value]) => value)).toEqual(["33.33"]);
  });

  it("leave a part without figures where its service is away", () => {
    expect(parts.scoring?.figures).toEqual([]);
  });
});
