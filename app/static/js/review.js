// A duty of a draft that is opened by its address brings its clause in the original into view beside it.

const row = window.location.hash.startsWith("#nv-") && document.getElementById(window.location.hash.slice(1));
const link = row && row.querySelector('a[href^="#goc-"]');
const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
const source = place && place.closest(".source");

if (source) source.scrollTop += place.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 4;
