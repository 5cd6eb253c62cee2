import { Badge } from '../ui/badge.tsx'
import { formatClock, ruleTitle } from '../ui/format.ts'
import type { Outcome, Trial } from './would-fire.ts'

const tags: Record<Outcome['under'], { tone: 'warn' | 'info' | 'quiet'; word: string }> = {
  both: { tone: 'quiet', word: 'as now' },
  proposed: { tone: 'warn', word: 'new' },
  now: { tone: 'info', word: 'no longer' },
}

/** The dumps that the rules would have made, in words, the newest first. */
export function Firings({ trial, isChanged }: { trial: Trial; isChanged: boolean }) {
  return (
    <section class="tune-trial" aria-labelledby="tune-trial">
      <h3 id="tune-trial">Would have fired</h3>
      {trial.outcomes.length > 0 && (
        <ol class="tune-firings">
          {[...trial.outcomes].reverse().map(({ firing, under }) => (
            <li key={`${firing.at} ${firing.rule}`} class={`tune-firing tune-firing-${under}`}>
              <b>{formatClock(firing.at)}</b> {ruleTitle(firing.rule)}{' '}
              {isChanged && <Badge tone={tags[under].tone}>{tags[under].word}</Badge>}
              <span class="tune-reason">
                {firing.reason}
                {firing.limited && '; not dumped: the quota of the hour is used up'}
              </span>
            </li>
          ))}
        </ol>
      )}
      {trial.notes.map(note => (
        <p key={note} class="tune-hint">
          {note.charAt(0).toUpperCase() + note.slice(1)}.
        </p>
      ))}
      <p class="tune-hint">
        By the rules of the monitor itself, over the samples that the page has, for this metric alone. What was sampled
        during a capture is not judged.
      </p>
    </section>
  )
}
