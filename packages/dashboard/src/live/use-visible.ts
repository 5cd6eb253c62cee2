import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Whether the element is on screen, or will be soon: hidden charts need no drawing. */
export function useVisible(ref: RefObject<Element | null>): boolean {
  const [visible, setVisible] = useState(false)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting ?? false), {
      rootMargin: '200px',
    })
    observer.observe(ref.current as Element)
    return () => observer.disconnect()
  }, [ref])
  return visible
}
