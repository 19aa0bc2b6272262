// Pages of visits that were carried along are there without a connection. The network comes first; nothing is sent from here.

const PAGES = "visits-pages";
const PARTS = "visits-parts";
const PATIENCE = 5000;

const keepPage = async (path) => {
  const answer = await fetch(path, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (answer.ok && !answer.redirected) await (await caches.open(PAGES)).put(path, answer);
};

const keepPart = async (path) => {
  const parts = await caches.open(PARTS);
  if (!(await parts.match(path, { ignoreVary: true }))) await parts.add(path);
};

const fromNetwork = async (request) => {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await (await caches.open(PAGES)).put(new URL(request.url).pathname, answer.clone());
  return answer;
};

const later = (milliseconds) => new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), milliseconds));

const absent = () =>
  new Response('<!doctype html><html lang="vi"><meta charset="utf-8"><title>Mất kết nối</title><p>Trang này chưa được mang theo nên không mở được khi mất kết nối. Phần đã nhập vẫn còn trên máy; hãy thử lại khi có kết nối.', {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });

const page = async (request) => {
  const kept = await (await caches.open(PAGES)).match(new URL(request.url).pathname, { ignoreVary: true });
  if (!kept) return fetch(request).catch(absent);
  try {
    return await Promise.race([fromNetwork(request), later(PATIENCE)]);
  } catch {
    return kept;
  }
};

const part = async (request) => (await (await caches.open(PARTS)).match(new URL(request.url).pathname, { ignoreVary: true })) ?? fetch(request);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { pages, parts } = event.data;
  event.waitUntil(Promise.allSettled([...parts.map(keepPart), ...pages.map(keepPage)]));
});
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET") return;
  if (mode === "navigate") event.respondWith(page(event.request));
  else if (new URL(url).pathname.startsWith("/static/")) event.respondWith(part(event.request));
});
