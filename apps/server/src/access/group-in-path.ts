const GROUP = /^\/api\/groups\/([A-Za-z0-9_-]{1,64})(\/links\/|[/?]|$)/i;

/**
 * The id of the group that an address names, to the letter, and whether it is for whoever holds a link; null where it names none. A balancer looks for the id in the same place, and
 * neither it nor this decodes anything: an address that is written otherwise names no group. The words around it are read as the router reads them, in either case.
 */
export function groupInPath(url: string): { readonly id: string; readonly isLink: boolean } | null {
  const [, id, after] = GROUP.exec(url) ?? [];
  return id === undefined ? null : { id, isLink: after?.toLowerCase() === '/links/' };
}
