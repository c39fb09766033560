"use strict";

// The document's example of an Idempotency-Key: whoever leaves it gets a new one at every press of the button.
const NEW_EACH_TIME = "new-key-each-time";

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function withNewKey(request) {
  for (const name of Object.keys(request.headers || {})) {
    if (name.toLowerCase() === "idempotency-key" && request.headers[name] === NEW_EACH_TIME) {
      request.headers[name] = newKey();
    }
  }
  return request;
}

window.ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  persistAuthorization: true,
  requestInterceptor: withNewKey,
  tryItOutEnabled: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
