import { useEffect, useRef } from 'react';
import { momentText } from './moment.tsx';

/**
 * What stands at the head of every printed page and of the browser's PDF, beside the numbers of the pages: asked for when printing begins, with the
 * time of the printing and its zone. Margin boxes of pages take their words from a custom property of the root element (CSS Paged Media, css-page-3).
 */
export function usePrintLine(line: (printed: string) => string): void {
  const latest = useRef(line);
  useEffect(() => { latest.current = line; });
  useEffect(() => {
    const { style } = document.documentElement;
    const put = (): void => style.setProperty('--print-line', JSON.stringify(latest.current(momentText(Date.now(), 'full')).replace(/\s+/g, ' ')));
    const drop = (): void => void style.removeProperty('--print-line');
    window.addEventListener('beforeprint', put);
    window.addEventListener('afterprint', drop);
    return () => { window.removeEventListener('beforeprint', put); window.removeEventListener('afterprint', drop); drop(); };
  }, []);
}
