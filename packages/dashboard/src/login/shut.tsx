import { useEffect } from 'preact/hooks'
import './login.css'
import { access, accessReason, loadSession } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { Pulse } from '../ui/icons.tsx'

/** Milliseconds between two tries to reach a process that does not answer. */
const again = 3000

/** The page is shut: the app forbids it, or does not answer. */
export function Shut() {
  const isForbidden = access.value === 'forbidden'
  useEffect(() => {
    if (isForbidden) return
    const timer = setInterval(() => void loadSession(), again)
    return () => clearInterval(timer)
  }, [isForbidden])
  return (
    <main class="login">
      <div class="login-box" role="status">
        <h1>
          <Pulse /> autodump
        </h1>
        {isForbidden ? (
          <>
            <p>
              <strong>You may not look in here.</strong>
            </p>
            <p class="muted">
              The app decides who may, with the function <code>auth.authorize</code> of its autodump options. Perhaps
              you have to log in to the app first.
            </p>
          </>
        ) : (
          <>
            <p>
              <strong>The process does not answer.</strong>
            </p>
            <p class="muted">
              Its app thread may be blocked, or it is gone. The page keeps trying. While the app thread is blocked, the
              admin port of the monitor thread (option <code>admin.port</code>) still answers.
            </p>
            {accessReason.value && <p class="muted small">What was heard: {accessReason.value}.</p>}
          </>
        )}
        <Button onClick={loadSession}>Try again</Button>
      </div>
    </main>
  )
}
