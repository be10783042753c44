// Filters without reload: the same GET address, only the results are replaced and said aloud.
export function finder() {
  const form = document.querySelector('[data-finder]')
  const results = document.querySelector('[data-results]')
  if (!form || !results || !window.fetch) return
  let latest = 0

  const address = () => {
    const params = new URLSearchParams(new FormData(form))
    for (const [name, value] of [...params]) if (!value) params.delete(name)
    const query = params.toString()
    return form.action.split('?')[0] + (query && '?' + query)
  }

  const show = async (url, push) => {
    const turn = ++latest
    results.setAttribute('aria-busy', 'true')
    try {
      const response = await fetch(url)
      if (!response.ok) throw response
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      if (turn !== latest) return
      results.replaceChildren(...page.querySelector('[data-results]').childNodes)
      for (const count of form.querySelectorAll('[data-count]')) {
        const fresh = page.querySelector(`[data-count="${count.dataset.count}"]`)
        count.textContent = fresh ? fresh.textContent : '0'
      }
      if (push) history.pushState(null, '', url)
      document.querySelector('[data-status]').textContent = results.querySelector('.results__bar h2').textContent
    } catch {
      location.assign(url)
    } finally {
      if (turn === latest) results.removeAttribute('aria-busy')
    }
  }

  form.addEventListener('change', () => show(address(), true))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show(address(), true)
  })
  addEventListener('popstate', () => location.reload())
}
