/** The formats of rules that are written. */
export const writableFormats = ['nftables', 'iptables', 'ip6tables', 'cisco-ios', 'opnsense'] as const;
export type WritableFormat = (typeof writableFormats)[number];
