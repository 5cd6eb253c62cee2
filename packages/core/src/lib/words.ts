/** `850 ms`, `8.1 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 99_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `0.874` as `87%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** `640 KiB`, `9.5 MiB`, `135 MiB`, `12.3 GiB`: in the units of V8's flags. */
export function size(bytes: number): string {
  const mib = bytes / 1024 ** 2
  if (mib < 1) return `${Math.round(bytes / 1024)} KiB`
  if (mib < 10) return `${Number(mib.toFixed(1))} MiB`
  return mib < 10_240 ? `${Math.round(mib)} MiB` : `${Number((mib / 1024).toFixed(1))} GiB`
}
