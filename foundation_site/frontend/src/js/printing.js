// A button that only a script can serve is shown only by the script. Closed answers open on paper.
export function printing() {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('.accordion details')) details.open = true
  })
}
