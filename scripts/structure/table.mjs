// Which room of packages/core/src may import which. docs/architecture.md says what each is for.

/** The files at the top: they only export. */
export const entries = '(entries)'

export const mayImport = {
  lib: [],
  model: ['lib'],
  generated: ['lib'],
  options: ['model', 'lib', 'rules', 'generated'],
  rules: ['model', 'lib'],
  formats: ['model', 'lib'],
  link: ['model', 'lib'],
  analysis: ['model', 'lib', 'options', 'rules', 'formats'],
  'object-store': ['model', 'lib'],
  store: ['model', 'lib', 'formats', 'generated'],
  http: ['model', 'lib', 'options', 'rules', 'store', 'generated'],
  control: ['model', 'lib', 'options', 'store', 'http', 'generated'],
  app: ['app/mid-block', 'model', 'lib', 'options', 'rules', 'link', 'http'],
  'app/mid-block': ['model', 'lib', 'link'],
  monitor: [
    'model',
    'lib',
    'options',
    'rules',
    'formats',
    'link',
    'analysis',
    'store',
    'http',
    'control',
    'generated',
    'object-store',
  ],
}

/** Where there can be no thread, the app thread does the work of the monitor thread, and loads it late (decision 001). */
export const exceptions = [['app/run.ts', 'monitor/engine.ts']]

/** @param {string} file below packages/core/src */
export function roomOf(file) {
  if (file.startsWith('app/mid-block/')) return 'app/mid-block'
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : entries
}
