const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName = `(${months.join('|')})[a-z]*`;

const forms: readonly { readonly pattern: RegExp; readonly order: readonly ('y' | 'm' | 'd')[] }[] = [
  {
    pattern: new RegExp(`\\b${monthName}[ ._,]+(\\d{1,2})(?:st|nd|rd|th)?[ ._,]+(\\d{4})\\b`),
    order: ['m', 'd', 'y'],
  },
  { pattern: new RegExp(`\\b(\\d{1,2})[ ._-]${monthName}[ ._,-]+(\\d{4})\\b`), order: ['d', 'm', 'y'] },
  { pattern: new RegExp(`\\b${monthName}[ ._,]+(\\d{4})\\b`), order: ['m', 'y'] },
  { pattern: /\b(\d{4})[/-](\d{1,2})[/-](\d{1,2})\b/, order: ['y', 'm', 'd'] },
  { pattern: /\b(20\d\d)(\d\d)(\d\d)\b/, order: ['y', 'm', 'd'] },
];

/** A day as `yyyymmdd`. Of a month without a day, its first. */
export type DayNumber = number;

/** The first date in a text in lower case, with the piece of text that says it. */
export function findDate(text: string): { readonly day: DayNumber; readonly piece: string } | undefined {
  for (const { pattern, order } of forms) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const value = (key: 'y' | 'm' | 'd'): number => {
      const word = found[order.indexOf(key) + 1] ?? '';
      const month = months.indexOf(word.slice(0, 3));
      return order.includes(key) ? (month >= 0 && key === 'm' ? month + 1 : Number(word)) : 1;
    };
    const day = dayOf(value('y'), value('m'), value('d'));
    if (day !== undefined) return { day, piece: found[0] };
  }
  return undefined;
}

/** The day that six digits name, `yymmdd`, as cameras print their build. */
export function dayOfSix(digits: string): DayNumber | undefined {
  const found = /^(\d\d)(\d\d)(\d\d)$/.exec(digits);
  return found === null ? undefined : dayOf(2000 + Number(found[1]), Number(found[2]), Number(found[3]));
}

function dayOf(year: number, month: number, day: number): DayNumber | undefined {
  const isDay = year >= 1990 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDay ? year * 10_000 + month * 100 + day : undefined;
}
