/** Calls whose shapes are known when this is written; the document gives their types (`make console-check`). */
import createClient from "openapi-fetch";
import type { paths } from "../../.generated/schema";
import { fetchLikePages } from "./send";

export const api = createClient<paths>({ baseUrl: location.origin, fetch: fetchLikePages });
