// A gateway that wants a sign-in, a filter, a proxy: each may answer in the product's place, with any status it likes.

/** Whether the product itself has answered; `reference` is the answer's X-Request-Id. */
export const isOurs = (reference) => (reference ?? "").startsWith("BDG-");

/** Whether an answer says that what was sent has been written. Nothing else does, neither a 200 nor a redirect that ends in one. */
export const isReceipt = (status, reference) => status === 201 && isOurs(reference);
