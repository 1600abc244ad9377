/** A service as FortiOS ships it: ports by protocol, `port` or `port:source ports`; or a protocol; or an ICMP type. */
export interface Predefined {
  readonly tcp?: string;
  readonly udp?: string;
  readonly protocol?: number;
  readonly icmp?: number;
}

const tcp = (ports: string): Predefined => ({ tcp: ports });
const udp = (ports: string): Predefined => ({ udp: ports });
const both = (ports: string): Predefined => ({ tcp: ports, udp: ports });
const ip = (protocol: number): Predefined => ({ protocol });

/**
 * Services that a unit has from the factory, as configurations of FortiOS 7.0 list them; a configuration that lists them
 * itself is believed first.
 * @see https://docs.fortinet.com/document/fortigate/7.4.8/cli-reference/198499981 config firewall service custom
 */
export const predefinedServices: ReadonlyMap<string, Predefined> = new Map(
  Object.entries({
    ALL: {},
    ALL_TCP: tcp('1-65535'),
    ALL_UDP: udp('1-65535'),
    ALL_ICMP: ip(1),
    ALL_ICMP6: ip(58),
    GRE: ip(47),
    AH: ip(51),
    ESP: ip(50),
    OSPF: ip(89),
    PING: { protocol: 1, icmp: 8 },
    PING6: { protocol: 58, icmp: 128 },
    TIMESTAMP: { protocol: 1, icmp: 13 },
    INFO_REQUEST: { protocol: 1, icmp: 15 },
    INFO_ADDRESS: { protocol: 1, icmp: 17 },
    AFS3: both('7000-7009'),
    AOL: tcp('5190-5194'),
    BGP: tcp('179'),
    CVSPSERVER: both('2401'),
    'DCE-RPC': both('135'),
    DHCP: udp('67-68'),
    DHCP6: udp('546 547'),
    DNS: both('53'),
    FINGER: tcp('79'),
    FTP: tcp('21'),
    FTP_GET: tcp('21'),
    FTP_PUT: tcp('21'),
    GOPHER: tcp('70'),
    H323: { tcp: '1720 1503', udp: '1719' },
    HTTP: tcp('80'),
    HTTPS: tcp('443'),
    IKE: udp('500 4500'),
    IMAP: tcp('143'),
    IMAPS: tcp('993'),
    'Internet-Locator-Service': tcp('389'),
    IRC: tcp('6660-6669'),
    KERBEROS: both('88 464'),
    L2TP: both('1701'),
    LDAP: tcp('389'),
    LDAP_UDP: udp('389'),
    MGCP: { tcp: '2428', udp: '2427 2727' },
    MMS: { tcp: '1755', udp: '1024-5000' },
    'MS-SQL': tcp('1433 1434'),
    MYSQL: tcp('3306'),
    NetMeeting: tcp('1720'),
    NFS: both('111 2049'),
    NNTP: tcp('119'),
    NTP: both('123'),
    'ONC-RPC': both('111'),
    'PC-Anywhere': { tcp: '5631', udp: '5632' },
    POP3: tcp('110'),
    POP3S: tcp('995'),
    PPTP: tcp('1723'),
    QUAKE: udp('26000 27000 27910 27960'),
    RADIUS: udp('1812 1813'),
    'RADIUS-OLD': udp('1645 1646'),
    RAUDIO: udp('7070'),
    RDP: tcp('3389'),
    REXEC: tcp('512'),
    RIP: udp('520'),
    RLOGIN: tcp('513:512-1023'),
    RSH: tcp('514:512-1023'),
    RTSP: { tcp: '554 7070 8554', udp: '554' },
    SAMBA: tcp('139'),
    SCCP: tcp('2000'),
    SIP: both('5060'),
    'SIP-MSNmessenger': tcp('1863'),
    SMB: tcp('445'),
    SMTP: tcp('25'),
    SMTPS: tcp('465'),
    SNMP: both('161-162'),
    SOCKS: both('1080'),
    SQUID: tcp('3128'),
    SSH: tcp('22'),
    SYSLOG: udp('514'),
    TALK: udp('517-518'),
    TELNET: tcp('23'),
    TFTP: udp('69'),
    TRACEROUTE: udp('33434-33535'),
    UUCP: tcp('540'),
    VDOLIVE: tcp('7000-7010'),
    VNC: tcp('5900'),
    WAIS: tcp('210'),
    WINFRAME: tcp('1494 2598'),
    WINS: both('1512'),
    'X-WINDOWS': tcp('6000-6063'),
  }),
);

/** Groups of them. */
export const predefinedServiceGroups: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'Email Access': ['DNS', 'IMAP', 'IMAPS', 'POP3', 'POP3S', 'SMTP', 'SMTPS'],
    'Web Access': ['DNS', 'HTTP', 'HTTPS'],
    'Windows AD': ['DCE-RPC', 'DNS', 'KERBEROS', 'LDAP', 'LDAP_UDP', 'SAMBA', 'SMB'],
    'Exchange Server': ['DCE-RPC', 'DNS', 'HTTPS'],
  }),
);
