// The editor saves by itself, and somebody presses a button: one after the other. Together, both would make a new
// page, and the second be refused because the first has taken its address.
(() => {
  let saving = false;
  let leaving = false;
  let pressed = null;

  window.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    saving = !event.defaultPrevented;
  });

  for (const ending of ["w-autosave:success", "w-autosave:error"]) {
    window.addEventListener(ending, () => {
      saving = false;
      if (!pressed) return;
      const { form, name } = pressed;
      pressed = null;
      leaving = true;
      // The editor has new buttons by then, and a new address.
      setTimeout(() => {
        const button = name && Array.from(form.elements).find((one) => one.type === "submit" && one.name === name);
        form.requestSubmit(button || undefined);
      });
    });
  }

  // A press during saving waits, before anybody else hears of it.
  window.addEventListener(
    "submit",
    (event) => {
      if (!saving || !event.target.matches("[data-edit-form]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = { form: event.target, name: event.submitter?.name };
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
