export function toInput(incident: { evidence: [string, unknown[]][]; written?: [string, unknown][] }): object
