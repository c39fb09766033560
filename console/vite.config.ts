import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const gateway = process.env.LIANGXIN_ADDRESS ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [vue()],
  build: {
    target: "chrome100",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { office: "index.html", phone: "m/index.html" } },
  },
  server: { proxy: { "/api": gateway, "/openapi.json": gateway, "/favicon.svg": gateway } },
});
