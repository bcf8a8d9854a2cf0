"use strict";
(() => {
  const ROWS = 100;
  const words = document.getElementById("content").dataset;
  const collator = new Intl.Collator(document.documentElement.lang, { sensitivity: "base", numeric: true });
  const PLAIN = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss" };

  // Without case and accents: pitea finds Piteå, lodz finds Łódź.
  function folded(text) {
    return text.toLowerCase().replace(/[łøđðþæœß]/g, (letter) => PLAIN[letter]).normalize("NFKD")
      .replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
  }

  function made(tag, text) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    return element;
  }

  // Text of this page's own making: every value in it was escaped when it was made.
  function parsed(text) {
    const template = made("template");
    template.innerHTML = text;
    return template.content;
  }

  function holdsIn(row, year) {
    const [first, last] = row.dataset.years.split("–");
    return (!first || Number(first) <= year) && (!last || Number(last) >= year);
  }

  function enhance(table) {
    const body = table.tBodies[0];
    const outside = table.closest(".scroll") ?? table;
    const rest = outside.nextElementSibling;
    let order = [...body.rows];
    if (rest?.matches("noscript.rest")) {
      order = order.concat([...parsed(rest.textContent).querySelectorAll("tbody > tr")]);
      rest.remove();
    }
    const texts = new Map();
    const wanted = { text: "", choice: "", year: 0 };
    let start = 0;

    const pager = made("div");
    pager.className = "pager";
    const back = made("button", words.previous);
    const on = made("button", words.following);
    const told = made("span");
    back.type = on.type = "button";
    told.setAttribute("role", "status");
    pager.append(back, told, on);

    function textOf(row) {
      let text = texts.get(row);
      if (text === undefined) {
        const link = row.querySelector("a[href]");
        text = folded(`${row.textContent} ${link ? link.getAttribute("href") : ""}`);
        texts.set(row, text);
      }
      return text;
    }

    function fits(row) {
      return (!wanted.choice || row.dataset.choice === wanted.choice) &&
        (!wanted.year || holdsIn(row, wanted.year)) &&
        (!wanted.text || textOf(row).includes(wanted.text));
    }

    function show() {
      const found = order.filter(fits);
      const last = Math.min(start + ROWS, found.length);
      body.replaceChildren(...found.slice(start, last));
      told.textContent = found.length === 0 ? words.none : words.shown.replace("{first}", start + 1)
        .replace("{last}", last).replace("{count}", found.length);
      back.setAttribute("aria-disabled", start === 0);
      on.setAttribute("aria-disabled", last >= found.length);
      back.hidden = on.hidden = found.length <= ROWS;
    }

    function sorted(place, figure, descending) {
      const keys = new Map(order.map((row) => {
        const cell = row.cells[place];
        const key = cell.dataset.sort ?? cell.textContent;
        return [row, figure ? (key === "" ? null : Number.parseFloat(key)) : key];
      }));
      const empty = (key) => key === null || key === "" || Number.isNaN(key);
      order.sort((one, other) => {
        const [a, b] = [keys.get(one), keys.get(other)];
        if (empty(a) || empty(b)) return empty(a) - empty(b);
        const sign = figure ? a - b : collator.compare(a, b);
        return descending ? -sign : sign;
      });
    }

    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const button = made("button", head.textContent);
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const figure = head.classList.contains("figure");
        const before = head.getAttribute("aria-sort");
        const descending = before ? before === "ascending" : figure;  // of figures the largest first
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sorted(place, figure, descending);
        start = 0;
        show();
      });
    });

    back.addEventListener("click", () => { start = Math.max(start - ROWS, 0); show(); });
    on.addEventListener("click", () => {
      if (on.getAttribute("aria-disabled") === "true") return;
      start += ROWS;
      show();
    });

    const form = document.getElementById(table.id.replace(/-table$/, "-filter"));
    if (form) {
      form.hidden = false;
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("input", () => {
        wanted.text = folded(form.elements.text.value);
        wanted.choice = form.elements.choice.value;
        wanted.year = form.elements.year && /^\d{4}$/.test(form.elements.year.value) ? Number(form.elements.year.value) : 0;
        start = 0;
        show();
      });
    }
    if (form || order.length > ROWS) outside.before(pager);
    addEventListener("beforeprint", () => body.replaceChildren(...order.filter(fits)));
    addEventListener("afterprint", show);
    show();
  }

  // Of a large registry the records wait as text, and become part of the page when they are wanted.
  function unfold() {
    let place = document.getElementById(location.hash.slice(1));
    if (!place?.classList.contains("record")) return;
    if (place.tagName === "NOSCRIPT") {
      const waiting = place;
      place = made("div");
      place.append(parsed(waiting.textContent));
      place.id = waiting.id;
      place.className = waiting.className;
      waiting.replaceWith(place);
      reachable();
    }
    const heading = place.querySelector("h3");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    place.scrollIntoView();
  }

  // What is wider than the screen can be scrolled by keyboard, and says what it is.
  function reachable() {
    for (const box of document.querySelectorAll(".scroll")) {
      const wide = box.scrollWidth > box.clientWidth;
      const has = { tabindex: "0", role: "group", "aria-label": box.dataset.label };
      for (const [name, value] of Object.entries(has)) {
        if (wide) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    }
  }

  document.querySelectorAll("table[data-long]").forEach(enhance);
  addEventListener("hashchange", unfold);
  addEventListener("resize", reachable);
  unfold();
  reachable();
})();
