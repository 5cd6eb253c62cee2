import type { ComponentChildren } from 'preact'

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const Pulse = () => (
  <Icon>
    <path d="M1.5 12h3.2l2.4-7.5 3.6 11 2.5-7 1.5 3.5h3.8" />
  </Icon>
)

export const List = () => (
  <Icon>
    <path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h8" />
  </Icon>
)

export const Stack = () => (
  <Icon>
    <path d="m10 3 7 3.5-7 3.5-7-3.5zM3 10l7 3.5 7-3.5M3 13.5 10 17l7-3.5" />
  </Icon>
)

export const Shutter = () => (
  <Icon>
    <circle cx="10" cy="10" r="7.2" />
    <circle cx="10" cy="10" r="3" fill="currentColor" stroke="none" />
  </Icon>
)

export const Sun = () => (
  <Icon>
    <circle cx="10" cy="10" r="3.4" />
    <path d="M10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.35 4.35l1.13 1.13M14.52 14.52l1.13 1.13M4.35 15.65l1.13-1.13M14.52 5.48l1.13-1.13" />
  </Icon>
)

export const Moon = () => (
  <Icon>
    <path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z" />
  </Icon>
)

export const Half = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" stroke="none" />
  </Icon>
)

export const Leave = () => (
  <Icon>
    <path d="M12 3.5H4.5v13H12M9 10h8.5M14.5 6.8 17.7 10l-3.2 3.2" />
  </Icon>
)

export const Down = () => (
  <Icon>
    <path d="m5.5 8 4.5 4.5L14.5 8" />
  </Icon>
)
