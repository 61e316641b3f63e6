/** Search, filter, keys and theme. The report reads in full without it. No backslash and no dollar sign, as it stands in a template. */
export const SCRIPT = `
"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const root = document.documentElement;

  const theme = byId("theme");
  const remembered = () => { try { return localStorage.getItem("ssm-preflight-theme"); } catch { return null; } };
  const remember = (name) => { try { localStorage.setItem("ssm-preflight-theme", name); } catch {} };
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  if (remembered()) root.dataset.theme = remembered();
  showTheme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    showTheme();
  });

  const search = byId("search");
  if (!search) return;
  const link = byId("link");
  const tiles = all(".tile");
  const items = all("[data-item]").map((element) => ({ element, text: element.textContent.toLowerCase() }));
  const hosts = items.filter((item) => item.element.dataset.session);
  let session = "";

  const matches = ({ element, text }, words) =>
    words.every((word) => text.includes(word)) &&
    (!element.dataset.session ||
      ((!session || element.dataset.session === session) &&
        (!link.value || element.dataset.links.split(" ").includes(link.value))));

  const apply = () => {
    const words = search.value.toLowerCase().split(" ").filter(Boolean);
    for (const item of items) item.element.hidden = !matches(item, words);
    const count = hosts.filter((item) => !item.element.hidden).length;
    byId("shown").textContent = count === hosts.length ? "" : count + " of " + hosts.length + " shown";
    byId("none").hidden = count > 0;
    for (const tile of tiles) tile.setAttribute("aria-pressed", String(tile.dataset.show === session));
  };

  const clear = () => {
    search.value = "";
    link.value = "";
    session = "";
    apply();
  };

  search.addEventListener("input", apply);
  link.addEventListener("change", apply);
  for (const tile of tiles) tile.addEventListener("click", () => { session = tile.dataset.show; apply(); });
  byId("clear").addEventListener("click", () => { clear(); search.focus(); });

  const expand = byId("expand");
  expand.addEventListener("click", () => {
    const open = expand.textContent === "Open all";
    for (const item of hosts) if (!item.element.hidden) item.element.firstElementChild.open = open;
    expand.textContent = open ? "Close all" : "Open all";
  });

  const move = (by) => {
    const summaries = all(".item:not([hidden]) > details > summary");
    const at = summaries.indexOf(document.activeElement);
    const next = at === -1 ? (by > 0 ? 0 : summaries.length - 1) : at + by;
    if (summaries[next]) summaries[next].focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inField = event.target === search || event.target === link;
    if (event.key === "Escape") clear();
    else if (event.key === "/" && !inField) search.focus();
    else if (event.key === "ArrowDown" && event.target !== link) move(1);
    else if (event.key === "ArrowUp" && event.target !== link) move(-1);
    else return;
    event.preventDefault();
  });

  const openTarget = () => {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches(".item")) return;
    target.hidden = false;
    target.firstElementChild.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();
})();
`;
