import { defineConfig, type Plugin } from 'vite'
import { precompressed } from './precompressed.ts'
import { speedscope } from './speedscope-files.ts'

/**
 * The page can be mounted anywhere, so all its addresses are relative: the inline script of `index.html` first gives the
 * path a slash at its end, and only then adds what is to be loaded, lest a browser look for it one directory too high.
 */
function loadFromHere(): Plugin {
  return {
    name: 'load-from-here',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const scripts = [...html.matchAll(/<script type="module"[^>]* src="([^"]+)"><\/script>\s*/g)]
        const styles = [...html.matchAll(/<link rel="stylesheet"[^>]* href="([^"]+)">\s*/g)]
        const preloads = [...html.matchAll(/<link rel="modulepreload"[^>]*>\s*/g)]
        for (const [tag] of [...scripts, ...styles, ...preloads]) html = html.replace(tag, '')
        return html
          .replaceAll('__SCRIPTS__', JSON.stringify(scripts.map(([, src]) => src)))
          .replace('__STYLES__', JSON.stringify(styles.map(([, href]) => href)))
      },
    },
  }
}

export default defineConfig({
  base: './',
  plugins: [loadFromHere(), speedscope(), precompressed()],
  build: {
    outDir: '../core/dist/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
})
