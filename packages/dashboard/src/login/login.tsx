import { useRef, useState } from 'preact/hooks'
import './login.css'
import { login } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { formatDuration } from '../ui/format.ts'
import { Pulse } from '../ui/icons.tsx'
import { useCountdown } from '../ui/use-countdown.ts'
import { type Refusal, refusalOf } from './refusal.ts'

/** The token for a cookie. It is kept nowhere else in the page. */
export function Login() {
  const field = useRef<HTMLInputElement>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)
  const wait = useCountdown(refusal?.until)

  async function submit(event: Event) {
    event.preventDefault()
    const token = field.current?.value.trim()
    if (isBusy || wait > 0) return
    if (!token) return setRefusal({ text: 'Type or paste the token first.' })
    setBusy(true)
    try {
      await login(token)
    } catch (error) {
      setRefusal(refusalOf(error, Date.now()))
      field.current?.select()
    }
    setBusy(false)
  }

  return (
    <main class="login">
      <form class="login-box" onSubmit={submit}>
        <h1>
          <Pulse /> autodump
        </h1>
        <p class="muted">The evidence in here can hold secrets of the app, so it asks who you are.</p>
        {/* Password managers keep a password under a name. */}
        <input type="text" name="username" autocomplete="username" value="autodump" hidden readOnly />
        <label for="token">Token</label>
        <input
          ref={field}
          id="token"
          name="token"
          type="password"
          autocomplete="current-password"
          autocapitalize="off"
          spellcheck={false}
          autofocus
          aria-invalid={refusal !== null}
          aria-describedby="refusal"
        />
        <p id="refusal" class="login-refusal" role="alert">
          {refusal?.text} {wait > 0 && `Try again in ${formatDuration(wait)}.`}
        </p>
        <Button type="submit" tone="primary" busy={isBusy} disabled={wait > 0}>
          Log in
        </Button>
        <details class="login-help">
          <summary>Where is the token?</summary>
          <p>
            It is the option <code>auth.token</code>, or the variable <code>AUTODUMP_TOKEN</code> of a program that was
            started with <code>@autodump/core/register</code>.
          </p>
          <p>
            If nobody has chosen one, autodump makes one at each start and logs it once. Look in the app's log for a
            line that begins with <code>autodump:</code> and has the word <code>token</code>.
          </p>
        </details>
      </form>
    </main>
  )
}
