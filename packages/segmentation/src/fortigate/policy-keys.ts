/** Settings of a policy that are read for what they say. */
const read: ReadonlySet<string> = new Set(
  [
    'srcintf dstintf srcaddr dstaddr srcaddr4 dstaddr4 srcaddr6 dstaddr6 srcaddr-negate dstaddr-negate srcaddr6-negate',
    'dstaddr6-negate service service-negate action status name schedule nat ippool poolname poolname6 fixedport nat64 nat46',
    'port-preserve match-vip match-vip-only send-deny-packet profile-type profile-group utm-status permit-any-host permit-stun-host intf',
  ].flatMap((line) => line.split(' ')),
);

/** Settings that have no say in which packets a policy is for or what it does with them. */
const inert: ReadonlySet<string> = new Set(
  [
    'uuid comments label global-label logtraffic logtraffic-start capture-packet custom-log-fields log-http-transaction',
    'replacemsg-override-group block-notification auto-asic-offload np-acceleration policy-offload traffic-shaper',
    'traffic-shaper-reverse per-ip-shaper dynamic-shaping class-id session-ttl tcp-mss-sender tcp-mss-receiver',
    'diffserv-copy diffserv-forward diffserv-reverse diffservcode-forward diffservcode-rev vlan-cos-fwd vlan-cos-rev',
    'timeout-send-rst passive-wan-health-measurement delay-tcp-npu-session inspection-mode anti-replay',
    'tcp-session-without-syn firewall-session-dirty schedule-timeout geoip-anycast geoip-match ssl-ssh-profile',
    'profile-protocol-options auth-cert auth-redirect-addr redirect-url email-collect auth-path ntlm-guest',
    'ntlm-enabled-browsers fsso fsso-agent-for-ntlm wsso identity-based-route captive-portal-exempt vpntunnel natip inbound',
    'outbound natinbound natoutbound webcache-https wanopt-detection wanopt-passive-opt',
    'wanopt-peer wanopt-profile webproxy-profile',
    'ztna-tags-match-logic decrypted-traffic-mirror dsri fec port-random policy-expiry-date',
    'policy-expiry-date-utc reputation-direction reputation-direction6 radius-mac-auth-bypass',
    'pcp-poolname cgn-session-quota cgn-resource-quota cgn-eim cgn-log-server-grp cgn-sw-eif-ctrl tos tos-negate',
    'dstaddr-type ssl-mirror ssl-mirror-intf telemetry-profile skip-vrf-match app-monitor rsso-interface srcintf-filter',
  ].flatMap((line) => line.split(' ')),
);

/** Profiles by which the content of a connection is looked into and may be blocked. */
const inspecting: ReadonlySet<string> = new Set(
  [
    'av-profile webfilter-profile dnsfilter-profile emailfilter-profile spamfilter-profile dlp-sensor dlp-profile',
    'file-filter-profile ips-sensor application-list voip-profile ips-voip-filter sctp-filter-profile icap-profile',
    'videofilter-profile cifs-profile waf-profile ssh-filter-profile virtual-patch-profile casb-profile gtp-profile',
    'mms-profile diameter-filter-profile scan-botnet-connections',
  ].flatMap((line) => line.split(' ')),
);

/** What is told of settings that decide whom a policy is for, and are not modelled. */
const conditions: ReadonlyMap<string, string> = new Map(
  [
    ...['groups', 'users', 'fsso-groups', 'rsso', 'ntlm', 'identity-based', 'disclaimer'].map((key) => [
      key,
      'who a user is, is not modelled',
    ]),
    ...[
      'devices',
      'src-vendor-mac',
      'ztna-ems-tag',
      'ztna-ems-tag-secondary',
      'ztna-geo-tag',
      'ztna-status',
    ].map((key) => [key, 'what kind of device it is, is not modelled']),
    ...['application', 'app-category', 'app-group', 'url-category'].map((key) => [
      key,
      'which application it is, is not modelled',
    ]),
  ].map(([key = '', message = '']) => [key, message] as const),
);

/** Values that stand for nothing being set, as a full configuration lists them. */
const unset: ReadonlySet<string> = new Set(['', 'disable', 'none', '0', '0x00', '0.0.0.0', '::']);

/** What a setting of a policy is to a reader. */
export type KeyKind =
  | { readonly kind: 'read' | 'inert' | 'inspecting' }
  | { readonly kind: 'condition'; readonly message: string };

/**
 * Tells what a setting with these values is. One that is not known is a condition: it may keep the policy from matching.
 * @see https://docs.fortinet.com/document/fortigate/6.4.3/cli-reference/311620 config firewall policy
 */
export function kindOfKey(key: string, values: readonly string[]): KeyKind {
  if (read.has(key) || key.startsWith('internet-service')) return { kind: 'read' };
  if (inert.has(key) || values.every((value) => unset.has(value))) return { kind: 'inert' };
  if (inspecting.has(key)) return { kind: 'inspecting' };
  return {
    kind: 'condition',
    message: conditions.get(key) ?? `the setting '${key}' of a policy is not modelled`,
  };
}
