// The bar says how many sentences are left: it is asked for anew as soon as one has been stored.
document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector(".review-bar");
  const editor = document.querySelector(".js-translation-editor");
  if (!bar || !editor) return;

  const states = () =>
    Array.from(editor.querySelectorAll("li.complete, li.incomplete, li.errored"), (row) => row.className).join(" ");
  const storing = () => editor.querySelector("li .icon-spinner");
  let known = null;
  let asked = 0;

  async function renew() {
    const number = (asked += 1);
    const response = await fetch(bar.dataset.url, { credentials: "same-origin" });
    if (!response.ok || number !== asked) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".review-bar");
    if (fresh) bar.replaceChildren(...fresh.childNodes);
  }

  new MutationObserver(() => {
    if (storing()) return;
    const now = states();
    if (now === known) return;
    const first = known === null;
    known = now;
    if (!first) renew();
  }).observe(editor, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
});
