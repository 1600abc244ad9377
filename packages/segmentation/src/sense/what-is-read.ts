/** The sections of a configuration that are looked into; all others are passed over as a whole. */
const sections: ReadonlySet<string> = new Set([
  'OPNsense',
  'aliases',
  'bridges',
  'captiveportal',
  'dhcpd',
  'filter',
  'gateways',
  'ifgroups',
  'installedpackages',
  'interfaces',
  'ipsec',
  'load_balancer',
  'nat',
  'openvpn',
  'staticroutes',
  'system',
  'virtualip',
  'vlans',
]);

/**
 * The elements whose text is read. All others keep none: a configuration is full of passwords and keys, and what is never
 * taken in cannot be shown by mistake.
 */
const read: ReadonlySet<string> = new Set(
  [
    // interfaces, VLANs, groups, virtual addresses
    'if ipaddr ipaddrv6 subnet subnetv6 gateway gatewayv6 track6-interface blockpriv blockbogons enable virtual',
    'vlanif tag members ifname interface mode subnet_bits type vip',
    // system
    'hostname domain port protocol disablefilter ipv6allow noantilockout disablehttpredirect enabled',
    'disablenatreflection enablenatreflectionpurenat enablebinatreflection enablenatreflectionhelper disablevpnrules',
    // filter rules, both forms
    'descr description disabled floating quick direction ipprotocol icmptype icmp6type statetype tcpflags1 tcpflags2',
    'tcpflags_any any address network not action sequence interfacenot source_net source_not source_port sched',
    'destination_net destination_not destination_port os tagged tos dscp prio vlanprio divert-to allowopts',
    'associated-rule-id bypassstaticroutes log replyto disablereplyto nosync nopfsync state-policy',
    // translation
    'target targetip targetip_subnet target_port local-port nordr nonat staticnatport natport natreflection external',
    'sourceport dstport poolopts pass nobinat trackif',
    // aliases, routes, gateways, tunnels
    'name content proto defaultgw defaultgw4 defaultgw6 tunnel_network tunnel_networkv6 disable',
  ].flatMap((line) => line.split(' ')),
);

export const isSection = (name: string): boolean => sections.has(name);
export const isRead = (name: string): boolean => read.has(name);
