import { faults } from './faults.js'

const text = value => String(value).replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)

/** The page of the playground: ten buttons, and what autodump wrote since. */
export const page = ({ dashboard, token }) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>autodump playground</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif }
  body { margin: 0 auto; max-width: 64rem; padding: 1rem }
  ul { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); list-style: none; padding: 0 }
  li { border: 1px solid #8886; border-radius: .5rem; padding: .75rem }
  p { margin: .35rem 0 }
  button { font: inherit; font-weight: 600; padding: .4rem .8rem }
  small { color: #777 }
  code { user-select: all; overflow-wrap: anywhere }
</style>
<h1>Break this service</h1>
<p>Each button makes a real fault. autodump notices by itself and writes a dump.</p>
<p>Dashboard: <a href="${text(dashboard)}">${text(dashboard)}</a>, log in with the token <code>${text(token)}</code></p>
<ul>
${faults
  .map(
    ({ id, title, does, expect }) => `<li><button data-fault="${text(id)}">${text(title)}</button>
<p>${text(does)}</p><p><small>Expect: ${text(expect)}</small></p></li>`,
  )
  .join('\n')}
</ul>
<h2>What autodump wrote</h2>
<p id="said" role="status">Nothing yet.</p>
<ol reversed id="dumps"></ol>
<script type="module">
  const said = document.querySelector('#said')
  for (const button of document.querySelectorAll('button')) button.onclick = async () => {
    button.disabled = true
    said.textContent = button.textContent + ': begun'
    const answer = await fetch('/break/' + button.dataset.fault, { method: 'POST' })
    said.textContent = (await answer.json()).says
    button.disabled = false
  }
  async function look() {
    const { dumps } = await (await fetch('/dumps')).json()
    if (dumps.length > 0 && said.textContent === 'Nothing yet.') said.textContent = ''
    document.querySelector('#dumps').replaceChildren(...dumps.map(({ url, headline, age }) => {
      const item = document.createElement('li')
      const link = Object.assign(document.createElement('a'), { href: url, textContent: headline })
      item.append(link, ' ', Object.assign(document.createElement('small'), { textContent: age + ' s ago' }))
      return item
    }))
  }
  setInterval(() => look().catch(() => {}), 1000)
</script>
</html>
`
