import type { Command } from 'commander';
import type { CheckCall } from './commands/segmentation-check.ts';
import type { PathsCall } from './commands/segmentation-paths.ts';
import type { ConfigCall } from './commands/segmentation.ts';
import { generateCommand } from './generate-program.ts';
import type { Run } from './run.ts';

const loadCheck = () => import('./commands/segmentation-check.ts');
const load = () => import('./commands/segmentation.ts');

const configHelp = `
Formats: nft-json, nft-text, iptables-save, ip6tables-save, cisco-ios, cisco-asa, opnsense, pfsense, fortigate,
junos-srx, routeros, aws-json, neutral; told by the file.
Forwarded packets that open a connection, on any interface, unless said otherwise. What is not modelled is told on stderr,
and what rests on it is unknown.`;

/** The zones of an estate, and the questions about one firewall configuration without an estate. */
export function segmentationCommands(root: Command, run: Run): void {
  const segmentation = root
    .command('segmentation')
    .description(
      'which packets firewalls let through, and by which rule: of an estate, or of one configuration',
    );
  segmentation
    .command('check')
    .description('compare what passes between the zones of an estate with what may')
    .argument('<dir>', 'the folder or file of the estate')
    .option('--format <format>', 'table, json', 'table')
    .option('--fail-on <severity>', 'exit 1 from this severity on: critical, high, medium, low, never', 'low')
    .option('--with <file>', 'lay a change over the estate')
    .addHelpText('after', '\nExample\n  $ holdfast segmentation check my-site')
    .action((dir: string, call: CheckCall) => run(async () => (await loadCheck()).runCheck(dir, call))());
  asking(
    segmentation
      .command('permits')
      .description('say whether any packet passes, with a witness and the rule')
      .argument('<file>', 'the configuration'),
  )
    .option('--set', 'list all that passes for certain')
    .option('--limit <n>', 'list at most so many sets', '1000')
    .option('--format <format>', 'table, json', 'table')
    .addHelpText(
      'after',
      `${configHelp}\n\nExample\n  $ holdfast segmentation permits ruleset.json --from 10.1.0.0/16 --to 10.9.4.0/24 --protocol tcp --port 22`,
    )
    .action((file: string, call: ConfigCall) => run(async () => (await load()).runPermits(file, call))());
  segmentation
    .command('shadowed')
    .description('list the rules that can never decide, with those that decide before them')
    .argument('<file>', 'the configuration')
    .option('--as <format>', 'the format of the file, where it is not the one that it looks like')
    .option('--format <format>', 'table, json, jsonl', 'table')
    .addHelpText(
      'after',
      `${configHelp}\n\nExample\n  $ holdfast segmentation shadowed rules.txt --format jsonl`,
    )
    .action((file: string, call: ConfigCall) => run(async () => (await load()).runShadowed(file, call))());
  asking(
    segmentation
      .command('diff')
      .description('say what two versions of a configuration permit differently')
      .argument('<old>', 'the configuration as it was')
      .argument('<new>', 'the configuration as it is'),
  )
    .option('--limit <n>', 'list at most so many sets', '1000')
    .option('--format <format>', 'json', 'json')
    .addHelpText('after', `${configHelp}\n\nExample\n  $ holdfast segmentation diff before.rules after.rules`)
    .action((old: string, next: string, call: ConfigCall) =>
      run(async () => (await load()).runDiff(old, next, call))(),
    );
  segmentation
    .command('trace')
    .description('follow packets through a configuration, rule by rule')
    .argument('<file>', 'the configuration')
    .option('--packets <file>', 'one packet a line, as JSON')
    .option(
      '--hook <hook>',
      'prerouting, input, forward, output, postrouting, or path for all that a forwarded packet meets',
      'forward',
    )
    .option('--as <format>', 'the format of the file, where it is not the one that it looks like')
    .addHelpText(
      'after',
      `${configHelp}\n\nA packet: {"iif":"a","oif":"b","src":"10.1.2.3","dst":"10.4.5.6","protocol":"tcp","sport":49152,"dport":443}\n\nExample\n  $ holdfast segmentation trace ruleset.json --packets packets.jsonl`,
    )
    .action((file: string, call: ConfigCall) => run(async () => (await load()).runTrace(file, call))());
  segmentation
    .command('paths')
    .description('show how an attacker gets from one device to another, and the fewest rules that end it')
    .argument('<dir>', 'the estate')
    .option('--from <selector>', 'what the attacker holds')
    .option('--to <selector>', 'what is to be reached')
    .option('--under <ref>', 'with this device, circuit, tunnel or cable down')
    .option('--any-single-fault', 'also with each single thing down by whose loss more is reached')
    .option('--limit <n>', 'show at most so many paths', '10')
    .option('--with <file>', 'lay a change over the estate first')
    .option('--format <format>', 'table, json', 'table')
    .addHelpText('after', pathsHelp)
    .action((dir: string, call: PathsCall) =>
      run(async () => (await import('./commands/segmentation-paths.ts')).runPaths(dir, call))(),
    );
  generateCommand(segmentation, run);
}

const pathsHelp = `
Selectors: the id of a device, internet, class:camera, holds:payroll, zone:ID, network:ID, site:ID, party:ID.
Exit 0 where no path leads there, 1 where one does or nobody can tell, 2 where the estate or a configuration is broken.

Example
  $ holdfast segmentation paths . --from class:camera --to holds:payroll`;

function asking(command: Command): Command {
  return command
    .option('--from <prefix>', 'the source, an address or a prefix')
    .option('--to <prefix>', 'the destination')
    .option('--protocol <name>', 'tcp, udp, icmp, or a number')
    .option('--port <n>', 'the destination port, or a range')
    .option('--source-port <n>', 'the source port, or a range')
    .option('--iif <name>', 'the interface that packets come in by')
    .option('--oif <name>', 'the interface that they leave by')
    .option('--state <state>', 'the state of the connection; new where not said')
    .option('--hook <hook>', 'prerouting, input, forward, output, postrouting, or path', 'forward')
    .option('--as <format>', 'the format of the file, where it is not the one that it looks like');
}
