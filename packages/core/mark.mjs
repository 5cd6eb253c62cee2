/**
 * Lets a module of ours say where it begins and ends, wherever a bundler has put it: in a file with the app's own code
 * there is no path to know us by. Errors hold positions until somebody reads them (`src/own-code.ts` does, in a bundle
 * only). Two pairs, since esbuild takes functions out of a module that it loads late, and minifiers move functions that
 * are called once. Why: decisions/247.
 */
export const marked = code =>
  isMarked(code)
    ? code
    : `const __autodumpTop = new Error();
function __autodumpFirst() { return new Error(); }
${code}
function __autodumpLast() { return new Error(); }
(globalThis[Symbol.for('autodump.own')] ??= []).push([__autodumpTop, __autodumpFirst(), __autodumpLast(), new Error()]);
`

const isMarked = code => code.includes('__autodumpTop')
