/** Calls `work` once, that many milliseconds after the first `begin`. It does not keep the process alive. */
export function createTimer(ms: number, work: () => void) {
  let timer: NodeJS.Timeout | undefined
  const call = () => {
    timer = undefined
    work()
  }
  return {
    begin(): void {
      timer ??= setTimeout(call, ms).unref()
    },
    stop(): void {
      clearTimeout(timer)
    },
  }
}
