// site.css and site.rtl.css: the library's part (flipped and purged) and our own layer (logical, untouched).
import * as sass from 'sass'
import postcss from 'postcss'
import rtlcss from 'rtlcss'
import { PurgeCSS } from 'purgecss'
import { build, transform } from 'esbuild'
import { join } from 'node:path'
import { frontend, modules, repository, write } from './files.mjs'

// Templates anywhere in the project may use these, also those that a form library or rich text writes.
const KEPT = [
  'table', 'table-responsive', 'caption-top', 'visually-hidden', 'visually-hidden-focusable',
  'breadcrumb', 'breadcrumb-item', 'pagination', 'page-item', 'page-link', 'active',
  'form-label', 'form-text', 'form-control', 'form-check-input',
  'type', 'checkbox', 'radio', 'search', 'date', 'file', 'role', 'button', 'hidden', 'disabled', 'readonly', 'multiple',
]
const PLAIN_TAGS = /^(html|body|a|p|h[1-6]|ul|ol|li|dl|dt|dd|hr|b|strong|small|sub|sup|abbr|address|blockquote|figure|img|svg|table|caption|thead|tbody|tfoot|tr|td|th|label|button|input|select|optgroup|textarea|fieldset|legend|iframe|summary|progress|output|mark|template|hidden)$/

function compileLibrary() {
  return sass.compile(join(frontend, 'src/library.scss'), {
    loadPaths: [join(modules, 'bootstrap-italia/src/scss')],
    style: 'expanded', // the compressed form loses the direction directives
    logger: sass.Logger.silent,
  }).css
}

async function purge(css) {
  const [result] = await new PurgeCSS().purge({
    content: [{ raw: '', extension: 'html' }],
    css: [{ raw: css }],
    safelist: { standard: [...KEPT, PLAIN_TAGS] },
  })
  return result.css
}

// A custom property that nothing reads is dead weight; dropping one may free another.
function dropUnreadProperties(css, alsoReadIn) {
  const root = postcss.parse(css)
  for (let dropped = true; dropped; ) {
    dropped = false
    const text = root.toString() + alsoReadIn
    root.walkDecls(/^--/, (declaration) => {
      if (declaration.prop !== '--bootstrap-italia-version' && !text.includes(`var(${declaration.prop}`)) {
        declaration.remove()
        dropped = true
      }
    })
  }
  root.walkRules((rule) => { if (!rule.nodes.length) rule.remove() })
  root.walkComments((comment) => { comment.remove() })
  return root.toString()
}

async function ownLayer(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(frontend, 'src/css', entry)],
    bundle: true,
    external: ['*.woff2', '*.svg'],
    write: false,
  })
  return outputFiles[0].text
}

async function minify(css) {
  const { code } = await transform(css, { loader: 'css', minify: true, legalComments: 'none' })
  return code
}

const BANNER = '/* Bootstrap Italia 2.18 (BSD-3-Clause) in part; see licences.txt */\n'

export async function buildStyles() {
  const own = await ownLayer('site.css')
  const fonts = await ownLayer('fonts.css')
  const library = compileLibrary()
  const ltr = dropUnreadProperties(await purge(rtlRawFree(library)), own)
  const rtl = dropUnreadProperties(await purge(rtlcss.process(library)), own)
  write('site.css', BANNER + (await minify(fonts + ltr + own)))
  write('site.rtl.css', BANNER + (await minify(rtl + own)))
}

function rtlRawFree(css) {
  return css.replace(/\/\*\s*rtl:[\s\S]*?\*\//g, '')
}
