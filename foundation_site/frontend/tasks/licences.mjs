// What the built files contain of other people's work, with their licences in full.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { read, write, modules } from './files.mjs'

const works = [
  ['bootstrap-italia', 'part of the style sheet'],
  ['@fontsource/titillium-web', 'Titillium Web, the Latin typeface'],
  ['@fontsource/noto-sans', 'Noto Sans, outlines of single letters in the ornaments (Latin, Cyrillic)'],
  ['@fontsource/noto-naskh-arabic', 'Noto Naskh Arabic, outlines of single letters'],
  ['@fontsource/noto-sans-devanagari', 'Noto Sans Devanagari, outlines of single letters'],
  ['@fontsource/noto-sans-ethiopic', 'Noto Sans Ethiopic, outlines of single letters'],
  ['@fontsource/noto-sans-georgian', 'Noto Sans Georgian, outlines of single letters'],
  ['@fontsource/noto-sans-gurmukhi', 'Noto Sans Gurmukhi, outlines of single letters'],
  ['@fontsource/noto-sans-tamil', 'Noto Sans Tamil, outlines of single letters'],
  ['@fontsource/noto-sans-tifinagh', 'Noto Sans Tifinagh, outlines of single letters'],
  ['@fontsource/noto-serif-sc', 'Noto Serif SC, outlines of single letters'],
  ['world-atlas', 'land outlines of the maps, from Natural Earth (public domain)'],
]

function licenceText(name) {
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].map((f) => join(modules, name, f)).find(existsSync)
  if (!file) throw new Error(`${name} has no licence file`)
  return read(file).toString().replace(/\r\n/g, '\n').trim()
}

export function buildLicences() {
  const byText = new Map()
  for (const [name, use] of works) {
    const { version } = JSON.parse(read(modules, name, 'package.json'))
    const text = licenceText(name)
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}: ${use}`])
  }
  const parts = [...byText].map(([text, lines]) => `${lines.join('\n')}\n\n${text}\n`)
  write('licences.txt', `The assets of this site contain, besides our own work:\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`)
}
