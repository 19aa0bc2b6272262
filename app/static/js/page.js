// What a page says of itself. Its address stands in its markup: after a refused form the one above the page is the
// form's own, and nothing can be read there.

const said = document.documentElement.dataset;

/** Where this page is read again; "" for one that cannot be, such as the page of an error. */
export const pageAddress = () => said.address ?? "";

/** Whose page this is; "" where nobody is signed in. */
export const pagePerson = () => said.person ?? "";

/** Where to ask whose session is open. */
export const sessionAddress = () => said.session;

/** Clones what stands in the `<template>` with this id. */
export const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
