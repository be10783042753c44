// Where things are read and written, the manifest of hashes and the table of sizes.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

export const frontend = dirname(dirname(fileURLToPath(import.meta.url)))
export const repository = join(frontend, '..', '..')
export const output = join(frontend, '..', 'static')
export const modules = join(frontend, 'node_modules')

const written = new Map()

export function read(...parts) {
  return readFileSync(join(...parts))
}

export function write(name, content) {
  const bytes = Buffer.from(content)
  const path = join(output, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  written.set(name, bytes)
}

function sortedFiles() {
  return [...written].sort(([a], [b]) => (a < b ? -1 : 1))
}

export function writeManifest() {
  const files = Object.fromEntries(
    sortedFiles().map(([name, bytes]) => [
      name,
      { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    ]),
  )
  write('assets.json', JSON.stringify(files, null, 2) + '\n')
}

export function report() {
  for (const [name, bytes] of sortedFiles()) {
    console.log(`${String(bytes.length).padStart(8)} ${String(gzipSync(bytes, { level: 9 }).length).padStart(8)} gz  ${name}`)
  }
}
