import { useEffect, useState } from 'preact/hooks'

/** `value` as soon as it has stood still for so many milliseconds: costly work need not follow each step of a drag. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(() => value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
