// Letters as outlines, so that a page can show ten scripts and load no font.
import opentype from 'opentype.js'
import { read, modules } from './files.mjs'

const files = {
  latin: ['noto-sans', 'noto-sans-latin-400-normal'],
  latinBold: ['titillium-web', 'titillium-web-latin-600-normal'],
  latinText: ['titillium-web', 'titillium-web-latin-400-normal'],
  cyrillic: ['noto-sans', 'noto-sans-cyrillic-400-normal'],
  arabic: ['noto-naskh-arabic', 'noto-naskh-arabic-arabic-400-normal'],
  devanagari: ['noto-sans-devanagari', 'noto-sans-devanagari-devanagari-400-normal'],
  gurmukhi: ['noto-sans-gurmukhi', 'noto-sans-gurmukhi-gurmukhi-400-normal'],
  tamil: ['noto-sans-tamil', 'noto-sans-tamil-tamil-400-normal'],
  ethiopic: ['noto-sans-ethiopic', 'noto-sans-ethiopic-ethiopic-400-normal'],
  georgian: ['noto-sans-georgian', 'noto-sans-georgian-georgian-400-normal'],
  tifinagh: ['noto-sans-tifinagh', 'noto-sans-tifinagh-tifinagh-400-normal'],
  chinese: ['noto-serif-sc', 'noto-serif-sc-chinese-simplified-400-normal'],
}
const fonts = new Map()

function font(script) {
  if (!fonts.has(script)) {
    const [family, file] = files[script]
    const bytes = read(modules, '@fontsource', family, 'files', `${file}.woff`)
    fonts.set(script, opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)))
  }
  return fonts.get(script)
}

// Relative commands in whole units: half the size of what the library writes.
function compact(commands, scale) {
  let [px, py] = [0, 0]
  let path = ''
  const units = (n) => Math.round(n * scale)
  const join = (letter, numbers) => {
    path += letter + numbers.map((n, i) => (i && n >= 0 ? ` ${n}` : `${n}`)).join('')
  }
  for (const c of commands) {
    if (c.type === 'Z') {
      path += 'z'
      continue
    }
    const [x, y] = [units(c.x), units(c.y)]
    if (c.type === 'M') join('M', [x, y])
    if (c.type === 'L' && (x !== px || y !== py)) {
      if (y === py) join('h', [x - px])
      else if (x === px) join('v', [y - py])
      else join('l', [x - px, y - py])
    }
    if (c.type === 'Q') join('q', [units(c.x1) - px, units(c.y1) - py, x - px, y - py])
    if (c.type === 'C') {
      join('c', [units(c.x1) - px, units(c.y1) - py, units(c.x2) - px, units(c.y2) - py, x - px, y - py])
    }
    ;[px, py] = [x, y]
  }
  return path
}

// One letter, centred on 0,0 and scaled so that its longer side is `size` units.
export function letter(script, character, size = 100) {
  const glyph = font(script).charToGlyph(character)
  if (!glyph.unicode) throw new Error(`no ${character} in ${script}`)
  const path = glyph.getPath(0, 0, 1000)
  const box = path.getBoundingBox()
  const scale = size / Math.max(box.x2 - box.x1, box.y2 - box.y1)
  const [cx, cy] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2]
  const centred = path.commands.map((c) => {
    const moved = { ...c }
    for (const key of ['x', 'x1', 'x2']) if (key in c) moved[key] = c[key] - cx
    for (const key of ['y', 'y1', 'y2']) if (key in c) moved[key] = c[key] - cy
    return moved
  })
  return compact(centred, scale)
}

// A line of Latin text as one path, for pictures that travel without our fonts.
export function line(script, text, x, y, size) {
  return font(script).getPath(text, x, y, size).toPathData(1)
}
