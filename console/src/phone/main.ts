import "./style.css";
import { createApp } from "vue";
import Phone from "./Phone.vue";

createApp(Phone).mount("#app");
