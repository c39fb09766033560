/** As much of an OpenAPI document as a page needs to draw itself. */

export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  title?: string;
  description?: string;
  enum?: (string | number)[];
  const?: string | number;
  default?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  anyOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  contentMediaType?: string;
  "x-enum-labels"?: Record<string, string>;
  "x-sortable"?: string[];
}

export interface Parameter {
  name: string;
  in: "query" | "path" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema: Schema;
}

export interface Content {
  schema?: Schema;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
  "x-roles"?: string[];
}

export type Method = "get" | "post" | "put" | "patch" | "delete";

export interface OpenApi {
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { schemas: Record<string, Schema> };
  "x-missing"?: { service: string; reason: string; shown: string }[];
}

/** One thing that can be asked or done, with its place. */
export interface Call {
  id: string;
  method: Method;
  path: string;
  operation: Operation;
}
