/** Signs that are drawn and not read: what carries one has a name of its own, or hides it from screen readers. */
export const ICON = { seenLive: '◉', dismiss: '×', previous: '‹', next: '›', opens: '▾' } as const;
