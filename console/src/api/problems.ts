/** What the system says when it does not do what was asked (RFC 9457), or when it could not be reached. */

export interface FieldProblem {
  pointer: string;
  message: string;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  readonly request: string;

  constructor(status: number, code: string, detail: string, errors: FieldProblem[] = [], request = "") {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.request = request;
  }
}

const UNREACHABLE = "连接不上系统,请检查网络后重试;已填写的内容还在";
const UNREADABLE = "系统没有给出可读的说明,请稍后重试";

export async function problemOf(answer: Response): Promise<Problem> {
  const request = answer.headers.get("x-request-id") ?? "";
  try {
    const told = (await answer.json()) as { code?: string; detail?: string; errors?: FieldProblem[] | null };
    return new Problem(answer.status, told.code ?? "unknown", told.detail ?? UNREADABLE, told.errors ?? [], request);
  } catch {
    return new Problem(answer.status, "unknown", UNREADABLE, [], request);
  }
}

export function unreachable(): Problem {
  return new Problem(0, "unreachable", UNREACHABLE);
}

/** The sentence for a person, with the number to tell an administrator where something went wrong inside. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : UNREADABLE;
  const number = error.status >= 500 && error.request !== "" ? `(请求编号 ${error.request})` : "";
  return `${error.message}${number}`;
}
