// After a form came back with errors, their list is read first.
export function errors() {
  const summary = document.querySelector('[data-error-summary]')
  if (summary) summary.focus()
}
