/** Generated people: recognisable as such by name, mail domain and telephone number. Knows no post. */
import type { PersonalData, RegisterChange } from '../../../domain/register/change.ts';
import { inDigits } from './places.ts';
import type { Random } from './random.ts';

export interface People {
  /** The id of the next person; the change that adds them is appended to `changes`. */
  next(): string;
  readonly changes: readonly RegisterChange[];
}

/** E-mail in the reserved domain of RFC 2606, a telephone number that cannot exist. */
export function dataOfPerson(serial: number, surname: string): PersonalData {
  const number = String(serial).padStart(5, '0');
  return {
    name: `示例·${surname}${inDigits(serial)}`,
    email: `p${number}@xihu.example`,
    phone: `000${number.padStart(8, '0')}`,
  };
}

export function peopleOf(random: Random, surnames: readonly string[]): People {
  const changes: RegisterChange[] = [];
  return {
    changes,
    next() {
      const serial = changes.length + 1;
      const person = `p${String(serial).padStart(5, '0')}`;
      changes.push({
        type: 'person-added',
        person,
        data: dataOfPerson(serial, random.pick(surnames)),
        generated: true,
      });
      return person;
    },
  };
}
