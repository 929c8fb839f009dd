import { message } from './messages.ts';

/** Said where something stands that is still being counted. */
export function Counting() {
  return <p className="quiet" role="status">{message('ui.counting')}</p>;
}
