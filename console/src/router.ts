/** Addresses after the #: a reload, the back button and a second tab find the same page. */
import { createRouter, createWebHashHistory } from "vue-router";
import DetailPage from "./pages/DetailPage.vue";
import HomePage from "./pages/HomePage.vue";
import ListPage from "./pages/ListPage.vue";
import PasswordPage from "./pages/PasswordPage.vue";

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: "/", name: "home", component: HomePage },
    { path: "/password", name: "password", component: PasswordPage },
    { path: "/:register", name: "list", component: ListPage },
    { path: "/:register/:id", name: "detail", component: DetailPage },
    { path: "/:rest(.*)*", redirect: "/" },
  ],
});
