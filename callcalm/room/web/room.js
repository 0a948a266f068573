(() => {
  "use strict";
  const main = document.querySelector("main");
  const body = document.body.dataset;
  const live = document.getElementById("live");
  const net = document.getElementById("net");
  let source, timer, busy, pause = 1000, drafts = {};

  try {
    drafts = JSON.parse(sessionStorage.getItem(body.room) || "{}");
  } catch {}

  const state = () => main.firstElementChild.dataset;
  const still = () => "out" in state() || "over" in state();
  const slot = (field) => `${field.form.id} ${field.form.dataset.ballot} ${field.name}`;

  function keep() {
    try {
      sessionStorage.setItem(body.room, JSON.stringify(drafts));
    } catch {}
  }

  function show(html, mine) {
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const fresh = parsed.content.firstElementChild;
    if (!fresh || (!mine && fresh.dataset.key === state().key)) return;
    const active = document.activeElement;
    const held = mine ? "head" : main.contains(active) ? active.id : null;
    main.replaceChildren(fresh);
    settle();
    if (held !== null) (document.getElementById(held) || document.getElementById("head")).focus();
    document.title = state().title;
    live.textContent = state().say;
  }

  function settle() {
    for (const field of main.querySelectorAll("input,select,textarea")) {
      const draft = drafts[slot(field)];
      if (draft === undefined || field.type === "hidden") continue;
      if (field.type === "radio") field.checked = field.value === draft;
      else field.value = draft;
    }
    count();
  }

  function count() {
    const area = main.querySelector("textarea");
    const left = document.getElementById("left");
    if (area && left) left.textContent = left.dataset.of.replace("#", String([...area.value].length));
  }

  async function send(form) {
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "text/x-room" },
        body: new URLSearchParams(new FormData(form)),
        signal: AbortSignal.timeout ? AbortSignal.timeout(15000) : undefined,
      });
      if (answer.ok) for (const field of form.elements) delete drafts[slot(field)];
      keep();
      const waiting = still();
      show(await answer.text(), true);
      net.textContent = "";
      if (waiting && !still()) open();
    } catch {
      net.textContent = body.unsent;
    } finally {
      busy = false;
    }
  }

  function open() {
    clearTimeout(timer);
    if (source) source.close();
    if (still()) return;
    source = new EventSource(body.events);
    source.onopen = () => {
      pause = 1000;
      net.textContent = "";
    };
    source.addEventListener("page", (event) => {
      show(event.data);
      if (still()) source.close();
    });
    source.onerror = () => {
      source.close();
      net.textContent = body.lost;
      timer = setTimeout(open, pause + Math.random() * pause);
      pause = Math.min(pause * 2, 16000);
    };
  }

  main.addEventListener("input", (event) => {
    drafts[slot(event.target)] = event.target.value;
    keep();
    count();
  });
  main.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) open();
  });

  settle();
  open();
  const enter = document.getElementById("enter");
  if (enter) send(enter);
})();
