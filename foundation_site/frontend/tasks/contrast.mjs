// Every pair of text and ground that the style sheets use, measured in each palette (WCAG 2.2).
// Below 7:1 for text, or 3:1 for lines and drawings that carry meaning, the build stops.
import { join } from 'node:path'
import { frontend, read } from './files.mjs'

const TEXT = [
  ['ink', 'white'], ['ink', 'sand'], ['ink', 'paper'], ['ink', 'wash'], ['ink', 'accent-soft'],
  ['muted', 'white'], ['muted', 'paper'],
  ['night', 'white'], ['night', 'sand'], ['night', 'paper'],
  ['primary', 'white'], ['primary', 'wash'], ['primary', 'paper'], ['primary', 'sand'], ['primary-deep', 'wash'],
  ['white', 'primary'], ['white', 'primary-deep'], ['white', 'night'],
  ['brick', 'white'], ['sage', 'white'], ['plum', 'white'], ['sea', 'white'], ['ochre', 'white'],
  ['plum', 'paper'], ['sage', 'sage-wash'], ['ochre', 'accent-soft'],
]
const LARGE_OR_BOLD = [['night', 'accent'], ['accent', 'night'], ['brick', 'sand'], ['sage', 'sand'], ['plum', 'sand'], ['sea', 'sand'], ['ochre', 'sand']]
const SHAPES = [['edge', 'white'], ['edge', 'paper'], ['edge', 'sand']]

function variables(block) {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/gi)].map(([, name, value]) => [name, value]))
}

function palettes() {
  const css = read(join(frontend, 'src/css/tokens.css')).toString()
  const root = variables(css.slice(css.indexOf(':root'), css.indexOf('}')))
  const others = [...css.matchAll(/\[data-palette="(\w+)"\]\s*\{([^}]*)\}/g)]
  return [['teal', root], ...others.map(([, name, block]) => [name, { ...root, ...variables(block) }])]
}

function luminance(hex) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(full.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function ratio(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

export function checkContrast() {
  const failures = []
  for (const [palette, colours] of palettes()) {
    for (const [pairs, least] of [[TEXT, 7], [LARGE_OR_BOLD, 4.5], [SHAPES, 3]]) {
      for (const [text, ground] of pairs) {
        const measured = ratio(colours[text], colours[ground])
        if (!(measured >= least)) failures.push(`${palette}: ${text} on ${ground} is ${measured.toFixed(2)}, not ${least}`)
      }
    }
  }
  if (failures.length) throw new Error(`Not enough contrast\n${failures.join('\n')}`)
}
