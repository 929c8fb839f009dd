import type { Person } from '@parley/protocol';
import { message } from '../ui/messages.ts';
import { initials } from '../ui/words.ts';
import { roleName, rolePurpose } from './roles.ts';

interface CastProps { readonly cast: readonly Person[]; readonly onChoose: (user: string) => void; readonly busy: string | null }

interface Company { readonly name: string; readonly tone: string; readonly people: Person[] }

const TONES = ['tone-a', 'tone-b'];
const NEUTRAL_TONE: Partial<Record<NonNullable<Person['role']>, string>> = { moderator: 'tone-chair' };

/** Delegations in the order in which the cast names them, then those who belong to none. */
function companiesOf(cast: readonly Person[]): Company[] {
  const delegations = [...new Set(cast.flatMap((p) => p.delegation ?? []))];
  const companies = delegations.map((id, i) => ({ name: named(id), tone: TONES[i] ?? 'tone-none', people: cast.filter((p) => p.delegation === id) }));
  const neutral = cast.filter((p) => p.delegation === undefined);
  return neutral.length > 0 ? [...companies, { name: message('access.cast.neither'), tone: 'tone-none', people: neutral }] : companies;
}

const named = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** The demo's people, one click each. */
export function Cast({ cast, onChoose, busy }: CastProps) {
  return (
    <section className="cast" aria-labelledby="cast-title">
      <h2 id="cast-title">{message('access.cast.title')}</h2>
      <p>{message('access.cast.explanation')}</p>
      <div className="companies">
        {companiesOf(cast).map((company) => (
          <div key={company.name} className={company.tone} role="group" aria-label={company.name}>
            <h3 className="section-title">{company.name}</h3>
            <ul>
              {company.people.map((person) => (
                <li key={person.user}>
                  <button type="button" className="cast-member" disabled={busy !== null} onClick={() => onChoose(person.user)}>
                    <span className={`mark ${(person.role && NEUTRAL_TONE[person.role]) ?? ''}`} aria-hidden="true">{initials(person.name)}</span>
                    <span><b>{person.name}</b>{person.role ? <><br />{message('access.cast.role', { role: roleName(person.role), purposeWords: rolePurpose(person.role), purpose: (inside) => <span className="purpose">{inside}</span> })}</> : null}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
