import { describe, expect, it } from 'vitest';
import { compared, show } from './two-steps.ts';

const asked = (reads: string) => ({ wish: { t: 'agree', digest: `digest of ${reads}` }, reads });

describe('what the first step showed', () => {
  it('[N3] stays performable while it would be shown alike', () => {
    const shown = show(asked('within 24 hours'));
    expect(compared(shown, asked('within 24 hours'))).toBe(shown);
    expect(shown.moved).toBe(false);
  });

  it('[N3] is disarmed by any difference, and when nothing can be asked any more; the value stays what was read', () => {
    const shown = show(asked('within 24 hours'));
    expect(compared(shown, asked('within 48 hours'))).toMatchObject({ moved: true, value: asked('within 24 hours') });
    expect(compared(shown, null).moved).toBe(true);
  });

  it('[N3] stays disarmed when the words come back: they were others in between', () => {
    const shown = show(asked('within 24 hours'));
    expect(compared(compared(shown, asked('within 48 hours')), asked('within 24 hours')).moved).toBe(true);
  });
});
