// Who signs out leaves no pages of visits on this device; what was typed and not sent yet stays for the same person.

if (window.caches && !document.querySelector(".me") && window.location.pathname === "/login")
  for (const name of ["visits-pages", "visits-parts"]) caches.delete(name);
