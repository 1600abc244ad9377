/** Protocols that carry logins, commands or pictures so that whoever listens reads them, by their names and usual ports. */
const clear: readonly (readonly [name: RegExp, ports: readonly string[], instead: string])[] = [
  [/^telnet$/, ['tcp/23'], 'SSH'],
  [/^ftp$/, ['tcp/21'], 'SFTP or FTPS'],
  [/^tftp$/, ['udp/69'], 'SFTP or HTTPS'],
  [/^(?:rlogin|rsh|login|shell)$/, ['tcp/513', 'tcp/514'], 'SSH'],
  [/^(?:http|http-alt|http-proxy)$/, ['tcp/80', 'tcp/8080'], 'HTTPS'],
  [/^rtsp$/, ['tcp/554'], 'RTSP over TLS, or SRTP'],
  [/^vnc$/, ['tcp/5900'], 'a tunnel with its own login'],
  [/^mqtt$/, ['tcp/1883'], 'MQTT over TLS'],
  [/^(?:modbus|mbap)$/, ['tcp/502'], 'Modbus/TCP Security, or a gateway that filters'],
  [/^bacnet$/, ['udp/47808'], 'BACnet/SC'],
  [/^ldap$/, ['tcp/389'], 'LDAP over TLS'],
];

/** What a port speaks in the clear, and what to use instead; undefined for one that is not known to. */
export function clearProtocol(
  port: string,
  service: string | undefined,
): { readonly name: string; readonly instead: string; readonly isByPort: boolean } | undefined {
  for (const [name, ports, instead] of clear) {
    if (service !== undefined && name.test(service.toLowerCase()))
      return { name: service, instead, isByPort: false };
    if (service === undefined && ports.includes(port)) return { name: port, instead, isByPort: true };
  }
  return undefined;
}
