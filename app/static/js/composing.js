// Keys that still belong to an input method, whatever the browser calls them: 229 is what Safari says for the Enter that ends a word.

const COMPOSING = 229;

/** Whether a keydown is the input method's own. */
export const isComposing = (event) => event.isComposing || event.keyCode === COMPOSING;
