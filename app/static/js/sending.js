// What became of a file on its way, in words; they stand in a template of the page.

import { pageAddress } from "./page.js";

const words = () => document.getElementById("sending-words").dataset;
const mine = () => document.querySelector(".me b")?.textContent ?? "";

/** The sentence of what `send` resolved to. */
export const sentenceOf = ({ state, sentence, reference, name }) => {
  if (state === "failed") return sentence ?? `${words().failed} ${reference}`;
  const said = { sent: "sent", changed: "changed", blocked: "blocked", cut: "cut", other: "other", "signed-out": "signedOut" }[state];
  return words()[said].replace("{mine}", mine()).replace("{name}", name);
};

/** What is said while a file is under way: "saving" or "still". */
export const wordsOf = (name) => words()[name];

/** Where one signs in again, and comes back to this page. */
export const signInAddress = () => `${words().signIn}?${new URLSearchParams({ next: pageAddress() })}`;
