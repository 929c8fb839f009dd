/**
 * The order of a list that must not move under a pointer: what was there keeps its place, also when it is gone; what is new comes behind the one it follows now.
 */
export function heldOrder(before: readonly string[], now: readonly string[]): readonly string[] {
  const order = [...before];
  now.forEach((key, i) => {
    if (order.includes(key)) return;
    const behind = now.slice(0, i).findLast((other) => order.includes(other));
    order.splice(behind === undefined ? 0 : order.indexOf(behind) + 1, 0, key);
  });
  return order;
}
