// Menus are <details>. Here: one open at a time, Escape and leaving them close them.
const OPEN = '[data-menu][open]'

function close(menu, focus) {
  menu.open = false
  if (focus) menu.querySelector('summary').focus()
}

// A press on words that take no focus gives it to <main> around them: that is not leaving.
function left(menu, { target, type }) {
  return !menu.contains(target) && (type === 'click' || !target.contains(menu))
}

function closeLeft(event) {
  for (const menu of document.querySelectorAll(OPEN)) if (left(menu, event)) close(menu)
}

export function menus() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of document.querySelectorAll(OPEN)) close(menu, menu.contains(document.activeElement))
  })
  document.addEventListener('click', closeLeft)
  document.addEventListener('focusin', closeLeft)
}
