import { compareProblems, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigFile, Firewall, Route } from '../model/firewall.ts';
import { reading } from '../netfilter/syntax-fault.ts';
import { AwsDocument, type Value } from './document.ts';
import { Placement } from './placement.ts';
import { Checks } from './steps.ts';

/**
 * Reads security groups and network ACLs of AWS as the command line prints them: one object with `SecurityGroups`,
 * `NetworkAcls` and, where they are given, `NetworkInterfaces`, `Subnets`, `RouteTables`, `PrefixLists`, `Vpcs`; or a list
 * of such objects.
 *
 * A packet meets the groups of its source, the network ACL of the subnet that it leaves, that of the subnet it enters, and
 * the groups of its destination. Groups let replies pass, network ACLs do not: ask for a reply with its ends exchanged and
 * the state `established`. Interfaces and subnets tell which address is in what; without interfaces the groups are the
 * interfaces of a question (`--iif sg-1 --oif sg-2`), and without groups the network ACLs are. Whether a route leads
 * there is not asked. Rule ids are `group/ingress/index` and `acl/ingress/number`, texts are JSON paths.
 * Codes: `json-syntax`, `format-mismatch`, `value-invalid`.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html
 */
export function readAws({ name, text }: ConfigFile): Result<Firewall, readonly Problem[]> {
  return reading(() => {
    const document = new AwsDocument(name, text);
    const placement = new Placement(document);
    const checks = new Checks(document, placement);
    const leaving = [...checks.groups('egress'), ...checks.acls('egress')];
    const entering = [...checks.acls('ingress'), ...checks.groups('ingress')];
    const routes = routesOf(document);
    return {
      format: 'aws-json',
      file: name,
      sha256: sha256(text),
      interfaceNames: placement.interfaceNames,
      interfaces: placement.interfaces,
      chains: checks.chains,
      steps: {
        prerouting: [],
        input: entering,
        forward: [...leaving, ...entering],
        output: leaving,
        postrouting: [],
      },
      routes,
      problems: distinct(document.problems).toSorted(compareProblems),
    };
  });
}

/** One note of each kind and place: both directions note the same. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map((each) => [`${each.at?.line}:${each.at?.column} ${each.message}`, each]));
  return [...seen.values()];
}

function routesOf(document: AwsDocument): readonly Route[] {
  return document.list('RouteTables').flatMap((table) => {
    const id = document.need(table, 'RouteTableId');
    return document.entries(table, 'Routes').flatMap((each) => routeOf(document, each, id));
  });
}

const targets = [
  'GatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'EgressOnlyInternetGatewayId',
  'LocalGatewayId',
  'CarrierGatewayId',
] as const;

function routeOf(document: AwsDocument, route: Value, table: string): readonly Route[] {
  document.network(route, 'DestinationCidrBlock');
  document.network(route, 'DestinationIpv6CidrBlock');
  const prefix =
    document.text(route, 'DestinationCidrBlock') ?? document.text(route, 'DestinationIpv6CidrBlock');
  if (prefix === undefined) {
    document.note(route, 'a route to a prefix list is left out');
    return [];
  }
  const target = targets.map((each) => document.text(route, each)).find((each) => each !== undefined);
  const isDead = document.text(route, 'State') === 'blackhole';
  return [
    {
      prefix,
      table,
      at: route.at,
      ...(isDead ? { kind: 'discard' } : {}),
      ...(target === undefined || isDead ? {} : { interface: target }),
    },
  ];
}
