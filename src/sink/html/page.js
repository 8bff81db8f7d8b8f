"use strict";
(function () {
  var table = document.getElementById("rows");
  if (!table) { return; }

  var body = table.tBodies[0], more = document.getElementById("more"), rows = null;
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  var choices = document.getElementById("choices"), find = document.getElementById("find");
  var buttons = Array.prototype.slice.call(choices.querySelectorAll("button"));
  var shown = document.getElementById("shown"), rest = document.getElementById("rest");
  var limit = Number(shown.dataset.atOnce), current = null;
  var state = { sort: 0, down: false, verdict: "", find: "" };
  var UNITS = { ns: 1e-9, "µs": 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86400 };

  /* What a cell's text stands for: a number, a time in seconds, or the text itself. */
  function value(text) {
    if (text === "-") { return -1; }
    if (/^-?\d+$/.test(text)) { return Number(text); }
    var parts = text.match(/^(-?)((?:\d+(?:\.\d+)? (?:ns|µs|ms|s|min|h|d)(?: |$))+)$/);
    if (!parts) { return text; }
    var words = parts[2].trim().split(" "), sum = 0;
    for (var i = 0; i < words.length; i += 2) { sum += Number(words[i]) * UNITS[words[i + 1]]; }
    return parts[1] ? -sum : sum;
  }

  /* Read once, and only when it is asked for: there may be ten thousand. */
  function all() {
    if (!rows) {
      var both = Array.prototype.slice.call(body.rows);
      if (more) { both = both.concat(Array.prototype.slice.call(more.rows)); }
      rows = both.map(function (row, nth) {
        var cells = Array.prototype.map.call(row.cells, function (cell) { return cell.textContent.trim(); });
        return {
          row: row, nth: nth, cells: cells, values: cells.map(value),
          text: cells.join(" ").toLowerCase(), verdict: cells[cells.length - 1],
          inside: document.getElementById("c" + cells[0])
        };
      });
    }
    return rows;
  }

  function compare(one, other, column) {
    var a = one.values[column], b = other.values[column];
    if (typeof a === "string" && typeof b === "string") { return a.localeCompare(b, undefined, { numeric: true }); }
    if (typeof a === "string") { return 1; }
    if (typeof b === "string") { return -1; }
    return a - b;
  }

  /* Rows in their order; of those that fit no more than can be laid out at once. */
  function show() {
    var list = all().slice(), sign = state.down ? -1 : 1, part = document.createDocumentFragment();
    var words = state.find.toLowerCase().split(/\s+/).filter(Boolean), count = 0;
    list.sort(function (one, other) { return sign * compare(one, other, state.sort) || one.nth - other.nth; });
    list.forEach(function (entry) {
      var fits = (!state.verdict || entry.verdict === state.verdict) &&
        words.every(function (word) { return entry.text.indexOf(word) >= 0; });
      count += fits ? 1 : 0;
      entry.row.hidden = !fits || count > limit;
      if (entry.inside) { entry.inside.parentNode.hidden = !fits; }
      part.appendChild(entry.row);
    });
    body.appendChild(part);
    heads.forEach(function (head, nth) {
      if (nth === state.sort) { head.setAttribute("aria-sort", state.down ? "descending" : "ascending"); }
      else { head.removeAttribute("aria-sort"); }
    });
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.verdict === state.verdict));
    });
    tell(count, all().length);
  }

  function tell(count, total) {
    rest.hidden = count <= limit;
    shown.textContent = shown.dataset.text.replace("{0}", Math.min(count, limit)).replace("{1}", total);
  }

  /* What is chosen stands in the address, so that it can be passed on. */
  function write() {
    var parts = [];
    if (state.sort || state.down) { parts.push("sort=" + state.sort + (state.down ? "-" : "")); }
    if (state.verdict) { parts.push("verdict=" + encodeURIComponent(state.verdict)); }
    if (state.find) { parts.push("find=" + encodeURIComponent(state.find)); }
    try { history.replaceState(null, "", "#" + parts.join("&")); } catch (refused) { /* then it does not */ }
  }

  function read() {
    var hash = location.hash.slice(1), asked = { sort: 0, down: false, verdict: "", find: "" };
    if (/^[cf]\d+$/.test(hash)) { return go(hash); }
    if (hash && hash.indexOf("=") < 0) { return; }
    hash.split("&").forEach(function (part) {
      var at = part.indexOf("="), name = part.slice(0, at), text = "";
      try { text = decodeURIComponent(part.slice(at + 1)); } catch (bad) { return; }
      if (name === "sort") {
        asked.sort = Math.min(parseInt(text, 10) || 0, heads.length - 1);
        asked.down = text.slice(-1) === "-";
      } else if (name === "verdict" || name === "find") { asked[name] = text; }
    });
    var moves = asked.sort !== state.sort || asked.down !== state.down;
    var hides = asked.verdict !== state.verdict || asked.find !== state.find;
    state = asked;
    find.value = state.find;
    if (moves || hides) { show(); }
  }

  /* Opens what a link leads to, and marks a frame wherever its connection shows it. */
  function go(id) {
    var target = document.getElementById(id), details = target && target.closest("details");
    if (!details) { return; }
    details.hidden = false;
    details.open = true;
    current = details;
    mark(details, id.charAt(0) === "f" ? id.slice(1) : null);
    target.scrollIntoView({ block: id.charAt(0) === "f" ? "center" : "start" });
  }

  function mark(details, frame) {
    details.querySelectorAll(".hit").forEach(function (hit) { hit.classList.remove("hit"); });
    if (frame) {
      details.querySelectorAll('[data-frame="' + frame + '"],#f' + frame).forEach(function (hit) {
        hit.classList.add("hit");
      });
    }
  }

  function choose(verdict) { state.verdict = verdict; show(); write(); }

  function connections() {
    return Array.prototype.filter.call(document.querySelectorAll("details.connection"), function (one) { return !one.hidden; });
  }

  function step(by) {
    var list = connections(), at = list.indexOf(current);
    var next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];
    if (next) {
      current = next;
      next.querySelector("summary").focus();
      next.scrollIntoView({ block: "nearest" });
    }
  }

  function openAll(open) {
    connections().forEach(function (details) { details.open = open; });
  }

  heads.forEach(function (head, nth) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      /* The largest first, of what is counted or measured; names from A on. */
      var first = nth > 2 && nth < 9;
      state.down = nth === state.sort ? !state.down : first;
      state.sort = nth;
      show();
      write();
    });
  });
  heads[0].setAttribute("aria-sort", "ascending");
  buttons.forEach(function (button) {
    button.disabled = false;
    button.addEventListener("click", function () { choose(button.dataset.verdict); });
  });
  rest.hidden = !more;
  rest.addEventListener("click", function () { limit = Infinity; show(); });
  var waiting = 0;
  find.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { state.find = find.value; show(); write(); }, 120);
  });
  body.addEventListener("click", function (event) {
    var link = event.target.closest("tr").querySelector("a");
    if (link && event.target !== link && !String(getSelection())) { link.click(); }
  });
  [["open", true], ["close", false]].forEach(function (pair) {
    var button = document.getElementById(pair[0]);
    if (button) { button.addEventListener("click", function () { openAll(pair[1]); }); }
  });
  document.addEventListener("click", function (event) {
    var shape = event.target.closest("svg [data-frame]");
    if (shape && document.getElementById("f" + shape.dataset.frame)) { location.hash = "f" + shape.dataset.frame; }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape") {
      find.value = state.find = "";
      find.blur();
      choose("");
    } else if (event.target === find) { return; }
    else if (event.key === "/") { event.preventDefault(); find.focus(); }
    else if (event.key === "j") { step(1); }
    else if (event.key === "k") { step(-1); }
    else if (event.key === "o" && current) { current.open = !current.open; }
  });
  addEventListener("hashchange", read);
  read();
}());
