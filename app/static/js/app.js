// What the pages gain with a script. Every one of them works without.
import "./menus.js";
import "./notices.js";
import "./moves.js";
import "./drag.js";
import "./drafts.js";
import "./upload.js";
import "./file-form.js";
import "./chosen.js";
import "./remember.js";
import "./print.js";
import "./days.js";
import "./needed.js";
import "./live.js";
import "./search.js";
import "./copy.js";
import "./review.js";
import "./carried.js";

document.documentElement.dataset.js = "";
