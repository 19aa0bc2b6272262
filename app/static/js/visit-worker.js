// Pages of visits that were carried along are there without a connection. The network comes first; nothing is sent from here.
// They are one person's, for a day, and gone as soon as another page shows that this person is signed in no more: the worker
// sees every page, with its scripts or without.

const PAGES = "visits-pages";
const PARTS = "visits-parts";
const KEY = "bdg-visits-key"; // the store of the key to what waits on this device
const PATIENCE = 5000;
const A_DAY = 24 * 3600 * 1000;
const PERSON = "X-Person";
const KEPT_AT = "X-Kept-At";
const GONE = [401, 403, 404];
let era = 0; // what was asked for before everything was forgotten is kept no more

const forget = async () => {
  era += 1;
  indexedDB.deleteDatabase(KEY);
  await Promise.all([PAGES, PARTS].map((name) => caches.delete(name)));
};

const isPage = (answer) => answer.headers.get("X-Request-Id")?.startsWith("BDG-") && answer.headers.get("Content-Type")?.startsWith("text/html");

const put = async (path, answer) => {
  const [headers, asked] = [new Headers(answer.headers), era];
  headers.set(KEPT_AT, Date.now());
  const copy = new Response(await answer.blob(), { status: answer.status, headers });
  if (asked === era) await (await caches.open(PAGES)).put(path, copy);
};

// The page of this address as it is kept; none once it is older than a day, or the clock was put back.
const kept = async (path) => {
  const found = await caches.match(path, { cacheName: PAGES, ignoreVary: true });
  if (!found) return undefined;
  const age = Date.now() - Number(found.headers.get(KEPT_AT));
  if (age >= 0 && age < A_DAY && found.headers.get(PERSON)) return found;
  await forget();
  return undefined;
};

const owner = async () => {
  if (!(await caches.has(PAGES))) return null;
  const [first] = await (await caches.open(PAGES)).keys();
  return first ? ((await kept(new URL(first.url).pathname))?.headers.get(PERSON) ?? null) : null;
};

// Looks at a page that passes: of nobody or of another person, it ends what was carried along.
const notice = async (path, answer) => {
  if (answer.type === "opaqueredirect") return (await kept(path)) && forget(); // where one must sign in
  if (!isPage(answer)) return undefined;
  if (GONE.includes(answer.status)) return caches.open(PAGES).then((pages) => pages.delete(path));
  const [person, holder] = [answer.headers.get(PERSON), await owner()];
  if (!answer.ok) return undefined;
  if (!person || (holder && holder !== person)) return forget();
  return undefined;
};

const keepPage = async (path, person) => {
  const asked = era;
  const answer = await fetch(path, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (asked === era && answer.ok && !answer.redirected && answer.headers.get(PERSON) === person) await put(path, answer);
};

const keepPart = async (path) => {
  const asked = era;
  const answer = await fetch(path);
  if (asked !== era || !answer.ok) return;
  await (await caches.open(PARTS)).put(path, answer);
};

const keep = async ({ person, pages, last, parts }) => {
  const holder = await owner();
  if (holder && holder !== person) await forget();
  const held = await caches.open(PARTS);
  const missing = await Promise.all(parts.map(async (path) => !(await held.match(path, { ignoreVary: true })) && path));
  await Promise.allSettled([...missing.filter(Boolean).map(keepPart), ...pages.map((path) => keepPage(path, person))]);
  await keepPage(last, person);
};

const fromNetwork = async (request, path, isKept) => {
  const answer = await fetch(request);
  const copy = isKept && answer.ok && isPage(answer) ? answer.clone() : null;
  await notice(path, answer);
  if (copy) await put(path, copy);
  return answer;
};

const later = (milliseconds) => new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), milliseconds));

const said = (title, sentence) =>
  new Response(`<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><p>${sentence}`, {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });

const absent = () => said("Mất kết nối", "Trang này chưa được mang theo nên không mở được khi mất kết nối. Phần đã nhập vẫn còn trên máy; hãy thử lại khi có kết nối.");
const notOut = () => said("Mất kết nối", "Chưa có kết nối nên hệ thống chưa ghi được việc đăng xuất. Trang mang theo đã được xóa khỏi máy này; hãy đăng xuất lại khi có kết nối.");

const page = async (request, hold) => {
  const path = new URL(request.url).pathname;
  const found = await kept(path);
  const fresh = fromNetwork(request, path, Boolean(found));
  hold(fresh.catch(() => undefined)); // an answer that comes late is looked at all the same
  if (!found) return fresh.catch(absent);
  try {
    return await Promise.race([fresh, later(PATIENCE)]);
  } catch {
    return shown(found);
  }
};

// As it was kept, and saying so: what stands in it may be older than what the server has.
const shown = async (found) => {
  const html = (await found.text()).replace("<head>", `<head><meta name="kept-at" content="${found.headers.get(KEPT_AT)}">`);
  return new Response(html, { status: found.status, headers: found.headers });
};

const signOut = async (request) => {
  const asked = fetch(request).catch(notOut);
  await forget();
  return asked;
};

const part = async (request) => (await caches.match(new URL(request.url).pathname, { cacheName: PARTS, ignoreVary: true })) ?? fetch(request);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(owner().then(() => self.clients.claim())));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === "/logout") event.respondWith(signOut(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request, (work) => event.waitUntil(work)));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});
