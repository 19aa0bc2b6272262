// What a page says of itself. Its address stands in its markup: after a refused form the one above the page is the
// form's own, and nothing can be read there.

const said = document.body.dataset;

/** Where this page is read again. */
export const pageAddress = () => said.page;

/** The mark of the person whose page this is; "" where nobody is signed in. */
export const pagePerson = () => said.pageOf ?? "";

/** Where to ask whose session is open. */
export const sessionAddress = () => document.getElementById("sending-words").dataset.session;

/** Clones what stands in the `<template>` with this id. */
export const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
