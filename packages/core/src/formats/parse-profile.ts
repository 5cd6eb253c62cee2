/** As the built-in profiler of Node.js 26 writes a call frame: the names have no escapes. */
const frame =
  /"functionName":"(.*?)","lineNumber":(-?\d+),"columnNumber":(-?\d+),"scriptId":("?-?\d+"?),"url":"(.*?)"\}/gs

/**
 * A profile from its JSON. That of `v8.startCpuProfile` is none where a function has a backslash or a quote in its name, and
 * a regular expression that V8 was running is called by its source (`RegExp: \d+`): then the names get their escapes here.
 *
 * @throws SyntaxError
 */
export function parseProfile(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    const whole = json.replace(
      frame,
      (_, name, line, column, script, url) =>
        `"functionName":${JSON.stringify(name)},"lineNumber":${line},"columnNumber":${column},"scriptId":${script},"url":${JSON.stringify(url)}}`,
    )
    if (whole === json) throw error
    return JSON.parse(whole)
  }
}
