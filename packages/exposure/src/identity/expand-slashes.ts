const numbers = /^([A-Za-z-]*?)(\d+[A-Za-z]*)((?:\/\d+[A-Za-z]*)+)((?:-[A-Za-z0-9.]+)*)$/;
const names = /^[A-Za-z][A-Za-z0-9.-]*(?:\/[A-Za-z][A-Za-z0-9.-]*)+$/;
const mostForms = 24;

/**
 * A name with slashes as all that it may mean, itself included: `PXC00/50-E.D` is PXC00-E.D or PXC50-E.D, `ADS/ADX/OAS Servers`
 * one of three servers. Model numbers with a slash of their own, such as `DS-7604NI-K1/4P`, keep it as well.
 */
export function expandSlashes(name: string): readonly string[] {
  let forms: readonly string[] = [''];
  for (const word of name.split(' ').filter((each) => each !== '')) {
    const choices = choicesOf(word);
    const longer = forms.flatMap((form) => choices.map((choice) => `${form} ${choice}`));
    forms = longer.length > mostForms ? forms.map((form) => `${form} ${word}`) : longer;
  }
  return forms.map((form) => form.trim());
}

function choicesOf(word: string): readonly string[] {
  const found = numbers.exec(word);
  if (found !== null) {
    const [, head = '', first = '', rest = '', tail = ''] = found;
    return [word, ...[first, ...rest.slice(1).split('/')].map((each) => `${head}${each}${tail}`)];
  }
  return names.test(word) ? [word, ...word.split('/')] : [word];
}
