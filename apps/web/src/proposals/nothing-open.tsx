import { hasLiteralBracket, nameIn } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message, wording } from '../ui/messages.ts';
import { inRow } from './describe.ts';

/** Said where no proposal is open; brackets that are typed in the text are no proposals, and are named. */
export function NothingOpen() {
  const { common } = useDocumentContext().now.rooms;
  const typed = (common?.list ?? []).filter((id) => hasLiteralBracket(common!.by.get(id)!));
  if (typed.length === 0) return <p className="quiet">{message('proposals.nothingOpen')}</p>;
  const places = inRow([...typed.slice(0, 12).map((id) => nameIn(common, id, wording)), ...(typed.length > 12 ? ['…'] : [])]);
  return <p className="quiet">{message('proposals.nothingOpen.brackets', { n: typed.length, bdi: (inside) => <bdi>{inside}</bdi>, places })}</p>;
}
