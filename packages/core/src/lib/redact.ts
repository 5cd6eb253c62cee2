export { redactCommandLine } from './redaction/command-line.js'

export { redactError } from './redaction/text.js'
