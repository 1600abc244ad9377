/** Whether an IP address lies in a network in CIDR form; false where either cannot be read. */
export function isInNetwork(address: string, network: string): boolean {
  const [base = '', length = ''] = network.split('/');
  const one = bitsOf(address);
  const other = bitsOf(base);
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  const bits = Number(length === '' ? one.length : length);
  return one.slice(0, bits) === other.slice(0, bits);
}

function bitsOf(address: string): string | undefined {
  if (address.includes(':')) return bitsOfIpv6(address);
  const octets = address.split('.').map(Number);
  if (octets.length !== 4 || octets.some((each) => !Number.isInteger(each) || each < 0 || each > 255))
    return undefined;
  return octets.map((each) => each.toString(2).padStart(8, '0')).join('');
}

function bitsOfIpv6(address: string): string | undefined {
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined): readonly string[] =>
    text === undefined || text === '' ? [] : text.split(':');
  const before = groups(head);
  const after = groups(tail);
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...after];
  if (all.length !== 8 || all.some((each) => !/^[0-9a-f]{1,4}$/i.test(each))) return undefined;
  return all.map((each) => Number.parseInt(each, 16).toString(2).padStart(16, '0')).join('');
}
