import { hasLiteralBracket, nameIn } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { count } from '../ui/words.ts';

/** Said where no proposal is open; brackets that are typed in the text are no proposals, and are named. */
export function NothingOpen() {
  const { common } = useDocumentContext().now.rooms;
  const typed = (common?.list ?? []).filter((id) => hasLiteralBracket(common!.by.get(id)!));
  if (typed.length === 0) return <p className="quiet">No proposal is open, and no bracket stands in the text.</p>;
  return <p className="quiet">No proposal is open. The text itself has brackets in {count(typed.length, 'provision')}: <bdi>{typed.slice(0, 12).map((id) => nameIn(common, id)).join('; ')}{typed.length > 12 ? '; …' : ''}</bdi>.</p>;
}
