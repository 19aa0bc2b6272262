// What became of a file on its way, in words; they stand in a template of the page.

import { pageAddress } from "./page.js";

const words = () => document.getElementById("sending-words").dataset;
const mine = () => document.querySelector(".me b")?.textContent ?? "";

/** The sentence of what `send` resolved to. */
export const sentenceOf = ({ state, sentence, reference, name }) => {
  if (sentence) return sentence;
  if (state === "failed") return `${words().failed} ${reference}`;
  const said = { sent: "sent", changed: "changed", blocked: "blocked", cut: "cut", other: "other", "signed-out": "signedOut" }[state];
  return words()[said].replace("{mine}", mine()).replace("{name}", name);
};

/** What is said while a file is under way: "saving" or "still". */
export const wordsOf = (name) => words()[name];

/** Where the person of this page signs in again, also in the place of somebody else, and comes back to it. */
export const signInAddress = (state) => `${words().signIn}?${new URLSearchParams({ next: pageAddress(), ...(state === "other" && { switch: 1 }) })}`;
