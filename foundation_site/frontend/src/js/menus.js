// Menus are <details>. Here: one open at a time, Escape and a click elsewhere close them.
const OPEN = '[data-menu][open]'

function close(menu, focus) {
  menu.open = false
  if (focus) menu.querySelector('summary').focus()
}

export function menus() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    const open = document.querySelectorAll(OPEN)
    for (const menu of open) close(menu, menu.contains(document.activeElement))
  })
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target)) close(menu)
  })
  document.addEventListener('focusin', (event) => {
    for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target)) close(menu)
  })
}
