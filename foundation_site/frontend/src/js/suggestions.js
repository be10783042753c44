// What fits so far, under each field for words: a combobox whose options are links. Enter without a choice searches as ever.
const WAIT = 200

function set(element, attributes) {
  for (const name in attributes) element.setAttribute(name, attributes[name])
}

function make(tag, attributes, ...content) {
  const element = document.createElement(tag)
  set(element, attributes)
  element.append(...content)
  return element
}

function suggest(input) {
  const id = input.id + '-list'
  const list = make('span', { id, class: 'menu__panel', role: 'listbox', 'aria-label': input.labels[0].textContent })
  const status = make('span', { class: 'visually-hidden', role: 'status' })
  let options, at, timer, asked

  const choose = (next) => {
    at = next
    options.forEach((option, place) => set(option, { 'aria-selected': place === at }))
    set(input, { 'aria-activedescendant': options[at] ? id + at : '' })
  }

  const show = (found, words) => {
    options = found.map(({ title, kind, url }, place) =>
      make('a', { id: id + place, role: 'option', href: url, tabindex: -1 }, make('bdi', {}, title), ' ', make('small', {}, kind)),
    )
    list.textContent = ''
    list.append(...options)
    list.hidden = !found[0]
    set(input, { 'aria-expanded': !list.hidden })
    status.textContent = words
    choose(-1)
  }

  const stop = () => {
    clearTimeout(timer)
    if (asked) asked.abort()
  }

  const close = () => {
    stop()
    show([], '')
  }

  const ask = async () => {
    asked = new AbortController()
    try {
      const response = await fetch(input.dataset.suggest + '?q=' + encodeURIComponent(input.value), { signal: asked.signal })
      const { suggestions, status } = await response.json()
      show(suggestions, status)
    } catch {
      // Overtaken by the next letter, or out of reach: the search itself works all the same.
    }
  }

  set(input, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id, autocomplete: 'off' })
  input.after(list, status)
  close()

  list.addEventListener('mousedown', (event) => event.preventDefault()) // the field keeps the focus
  input.addEventListener('blur', close)
  input.addEventListener('input', () => {
    stop()
    if (input.value.trim()[1]) timer = setTimeout(ask, WAIT)
    else close()
  })
  input.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const stops = options.length + 1 // the field itself, and the options
    if (step) choose(((at + 1 + step + stops) % stops) - 1)
    else if (event.key === 'Enter' && options[at]) options[at].click()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  })
}

export function suggestions() {
  document.querySelectorAll('[data-suggest]').forEach(suggest)
}
