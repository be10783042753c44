import { build } from 'esbuild'
import { join } from 'node:path'
import { frontend, write } from './files.mjs'

export async function buildScript() {
  const { outputFiles } = await build({
    entryPoints: [join(frontend, 'src/js/site.js')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2019',
    legalComments: 'none',
    write: false,
  })
  write('site.js', outputFiles[0].text)
}
