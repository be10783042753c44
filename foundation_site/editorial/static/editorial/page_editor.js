// The editor saves by itself, and somebody presses a button: one after the other. Together, both would make a new
// page, and the second be refused because the first has taken its address.
(() => {
  const FLUSH = 500; // milliseconds; the text editor hands over what was typed a quarter of a second after the last key
  let saving = false;
  let leaving = false;
  let pressed = null;
  let typed = -FLUSH;

  function pressAgain() {
    if (!pressed) return;
    const { form, name } = pressed;
    pressed = null;
    leaving = true;
    // The editor may have new buttons by then, and a new address.
    const button = name && Array.from(form.elements).find((one) => one.type === "submit" && one.name === name);
    form.requestSubmit(button || undefined);
  }

  window.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    saving = !event.defaultPrevented;
  });

  for (const ending of ["w-autosave:success", "w-autosave:error"]) {
    window.addEventListener(ending, () => {
      saving = false;
      setTimeout(pressAgain);
    });
  }

  for (const touch of ["keydown", "input", "paste", "drop"]) {
    window.addEventListener(
      touch,
      (event) => {
        if (event.target.closest?.("[data-draftail-editor-wrapper]")) typed = performance.now();
      },
      true,
    );
  }

  // A press during saving, or before the last words are in the form, waits until then; nobody else hears of it before.
  window.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches("[data-edit-form]")) return;
      const left = FLUSH - (performance.now() - typed);
      if (!saving && left <= 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = { form: event.target, name: event.submitter?.name };
      if (!saving) setTimeout(() => saving || pressAgain(), left);
    },
    true,
  );

  // Once the form is on its way, nothing is saved beside it.
  window.addEventListener("submit", (event) => {
    if (event.target.matches("[data-edit-form]")) leaving = !event.defaultPrevented;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
})();
