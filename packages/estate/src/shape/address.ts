const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ipv4 = new RegExp(String.raw`^${octet}(?:\.${octet}){3}$`);

/** Whether a text is an IPv4 address in dotted decimals. */
export const isIpv4 = (value: string): boolean => ipv4.test(value);

/**
 * Whether a text is an IPv6 address, without a zone.
 * @see RFC 4291 section 2.2
 */
export function isIpv6(value: string): boolean {
  if (value.length > 45 || !/^[0-9a-f:.]*$/i.test(value)) return false;
  const halves = value.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && (!isIpv4(last) || value.endsWith('::'))) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  const count = plain.length + (embedded ? 2 : 0);
  return (
    plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8)
  );
}

/** Whether a text is a network: an address, a slash, and the length of the prefix. */
export function isCidr(value: string): boolean {
  const slash = value.indexOf('/');
  const length = value.slice(slash + 1);
  if (slash < 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return false;
  const address = value.slice(0, slash);
  return (isIpv4(address) && Number(length) <= 32) || (isIpv6(address) && Number(length) <= 128);
}

/** Patterns for editors; `isIpv6` knows more than the one for IPv6 can say. */
export const ipPattern = String.raw`^(?:${octet}(?:\.${octet}){3}|[0-9a-fA-F:.]{2,45})$`;
export const cidrPattern = String.raw`^(?:${octet}(?:\.${octet}){3}/(?:\d|[12]\d|3[0-2])|[0-9a-fA-F:.]{2,45}/(?:\d|[1-9]\d|1[01]\d|12[0-8]))$`;
