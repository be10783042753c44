// One sprite of drawn icons: lines of one weight on a 24-unit grid, coloured by the text around them.
import { write } from './files.mjs'

const icons = {
  arrow: 'M4 12h15m-6-6 6 6-6 6',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v5m8-5v5',
  check: 'm5 13 4 4L19 7',
  chevron: 'm9 5 7 7-7 7',
  clock: 'M12 3a9 9 0 1 0 .01 0zM12 7v5l4 2',
  close: 'm6 6 12 12M18 6 6 18',
  down: 'm5 9 7 7 7-7',
  download: 'M12 4v11m-5-5 5 5 5-5M4 20h16',
  error: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7v6m0 3v.5',
  external: 'M10 5H5v14h14v-5M13 4h7v7m0-7-9 9',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6m-6 4h6',
  info: 'M12 3a9 9 0 1 0 .01 0zM12 11v6m0-10v.5',
  language: 'M3 5h9M7.5 3v2M10 5c0 4-3 7-6 8M5 8c1 3 3 4 6 5M12 20l4.5-11L21 20m-7.5-3.5h6',
  mail: 'M3 6h18v13H3zM3 7l9 7 9-7',
  menu: 'M4 6h16M4 12h16M4 18h16',
  people: 'M9 5a3.5 3.5 0 1 0 .01 0zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 5.5a3 3 0 0 1 0 6m2 3c2.5 1 3.5 3 3.5 5.5',
  phone: 'M6 3h4l1.5 5L9 9.5c1 2.5 3 4.5 5.5 5.5l1.5-2.5 5 1.5v4c0 2-2 3-4 2.5C10 19 5 14 3.5 7 3 5 4 3 6 3z',
  pin: 'M12 21c-4-4-7-7.5-7-11a7 7 0 0 1 14 0c0 3.5-3 7-7 11zM12 7.5a2.5 2.5 0 1 0 .01 0z',
  play: 'M12 3a9 9 0 1 0 .01 0zM10 8.5v7l6-3.5z',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  quote: 'M10 6c-4 1-6 4-6 7v5h6v-6H6.5M20 6c-4 1-6 4-6 7v5h6v-6h-3.5',
  search: 'M10.5 4a6.5 6.5 0 1 0 .01 0zM15.5 15.5 21 21',
  success: 'M12 3a9 9 0 1 0 .01 0zm-4 9 3 3 5-6',
  warning: 'M12 4 2.5 20h19zM12 10v5m0 2.3v.2',
}

export function buildIcons() {
  const symbols = Object.entries(icons).map(
    ([name, path]) => `<symbol id="${name}" viewBox="0 0 24 24"><path d="${path}"/></symbol>`,
  )
  write('icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`)
}
