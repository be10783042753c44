// Titillium Web for Latin text. Other scripts use the reader's own fonts: zero bytes.
import { read, write, modules } from './files.mjs'

export function buildFonts() {
  for (const weight of [400, 600]) {
    const file = `titillium-web-latin-${weight}-normal.woff2`
    write(`fonts/titillium-web-${weight}.woff2`, read(modules, '@fontsource/titillium-web/files', file))
  }
}
