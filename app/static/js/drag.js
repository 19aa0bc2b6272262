// Cards are dragged with a mouse only: on touch a drag would fight with scrolling. The drop posts what the buttons post.

const board = document.getElementById("region");
// "none" is said where the system does not tell: over a remote desktop there may be a mouse all the same.
const mouse = window.matchMedia("(any-pointer: fine), (any-pointer: none)");

// Not by finger, also where a machine has both; not from what is there to be pressed.
const isNotDragged = (event) =>
  (event.pointerType ?? "mouse") !== "mouse" || Boolean(event.touches) || event.target.closest("summary, button, .drops") !== null;

const column = (list) => list.closest("[data-column]").dataset.column;
const waysOf = (card, to) => card.querySelector(`[data-to="${to}"]`);

const mark = (card) => {
  for (const col of document.querySelectorAll("[data-column]")) {
    if (card && waysOf(card, col.dataset.column)) col.dataset.open = "";
    else delete col.dataset.open;
  }
};

// A refused or failed move leaves the card in the page: then it goes back to where it was.
const post = async (card, to, putBack) => {
  const values = {
    csrf_token: document.querySelector("#move [name=csrf_token]").value,
    version: card.dataset.version,
    to,
    next: "board",
  };
  await window.htmx.ajax("POST", card.dataset.place, { target: "#notices", swap: "innerHTML", values });
  if (card.isConnected) putBack();
};

const dropped = ({ item: card, from, to, oldIndex }) => {
  mark(null);
  if (from === to) return;
  const putBack = () => from.insertBefore(card, from.children[oldIndex] ?? null);
  const way = waysOf(card, column(to));
  if (way?.matches("a")) {
    putBack();
    window.location.assign(way.href); // it asks for a reason or a document: its form is on the duty's page
    return;
  }
  post(card, column(to), putBack);
};

const makeSortable = () => {
  if (!mouse.matches || !window.Sortable) return;
  for (const list of document.querySelectorAll("[data-column] > ul")) {
    window.Sortable.get(list) ??
      window.Sortable.create(list, {
        group: "cards",
        draggable: "[data-place]",
        filter: isNotDragged,
        preventOnFilter: false,
        sort: false,
        onStart: ({ item }) => {
          item.dataset.ghost = "";
          mark(item);
        },
        onEnd: (event) => {
          delete event.item.dataset.ghost;
          dropped(event);
        },
      });
  }
};

if (board) {
  makeSortable();
  document.addEventListener("htmx:after:swap", makeSortable);
}
