import { useEffect } from 'preact/hooks'
import './app.css'
import './ui/ui.css'
import { Banner } from './frame/banner.tsx'
import { Footer } from './frame/footer.tsx'
import { Header } from './frame/header.tsx'
import { Keys } from './frame/keys.tsx'
import { View } from './frame/view.tsx'
import { Login } from './login/login.tsx'
import { Shut } from './login/shut.tsx'
import { instance, refreshInstances } from './state/instance.ts'
import { lookForNew, pid, startLive, stopLive } from './state/live.ts'
import { access, isStored, loadSession, session } from './state/session.ts'
import { Loading } from './ui/notes.tsx'
import { Toasts } from './ui/toast.tsx'

/** The page: the frame with the view that the address names, or the reason why the user may not look. */
export function App() {
  useEffect(() => void loadSession(), [])
  const isReady = access.value === 'ready'
  useEffect(() => {
    if (!isReady) return
    if (isStored.peek()) return lookForNew()
    startLive()
    return stopLive
  }, [isReady])
  const shown = pid.value
  useEffect(() => {
    // The one that answered before may have been replaced.
    if (shown === null) return
    if (instance.peek() === null && session.peek()?.pid !== shown) void loadSession()
    refreshInstances().catch(() => {})
  }, [shown])

  if (access.value === 'loading') return <Loading what="the page" />
  if (access.value === 'login') return <Login />
  if (!isReady) return <Shut />
  return (
    <>
      <Header />
      <Banner />
      <View />
      <Footer />
      <Toasts />
      <Keys />
    </>
  )
}
