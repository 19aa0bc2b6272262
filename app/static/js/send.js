// One file with the fields of its form. XMLHttpRequest, because fetch tells no progress of what is sent.

const sentenceIn = (html) => {
  const answer = document.createElement("template");
  answer.innerHTML = html;
  return answer.content.querySelector(".note p, [role=alert]")?.textContent.trim();
};

/** Resolves to { ok }, or { ok: false } with the server's sentence, or with fault "cut" or "server" and the reference number. */
export const send = (form, file, onMoved) =>
  new Promise((resolve) => {
    const body = new FormData(form);
    body.delete("files");
    body.append("files", file, file.name.normalize("NFC"));
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("HX-Request-Type", "partial");
    request.upload.addEventListener("progress", ({ loaded, total }) => onMoved(loaded / total));
    request.addEventListener("error", () => resolve({ ok: false, fault: "cut" }));
    request.addEventListener("abort", () => resolve({ ok: false, fault: "cut" }));
    request.addEventListener("load", () => {
      if (request.status < 400) return resolve({ ok: true });
      const reference = request.getResponseHeader("X-Request-Id") ?? "";
      return resolve({ ok: false, fault: "server", reference, sentence: sentenceIn(request.responseText) });
    });
    request.send(body);
  });
