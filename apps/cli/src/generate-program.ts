import type { Command } from 'commander';
import type { GenerateCall } from './commands/generate-rules.ts';
import type { Run } from './run.ts';

const generateHelp = `
Rules deny by default and let replies pass. They are written from the conduits of an estate, or for one device from its MUD
file (RFC 8520), and shown only after they were read back and proved to permit what was meant and nothing else.
Formats: nftables, iptables, ip6tables, cisco-ios (with --interface), opnsense.

Examples
  $ holdfast segmentation generate my-site --as nftables --at core-firewall
  $ holdfast segmentation generate --mud camera.json --device 10.20.30.41 --bindings bindings.yaml --as cisco-ios --interface Vlan30`;

/** The command that writes rules. */
export function generateCommand(segmentation: Command, run: Run): void {
  segmentation
    .command('generate')
    .description('write rules from the conduits of an estate, or from a MUD file')
    .argument('[dir]', 'the folder of the estate')
    .option('--mud <file>', 'write from this MUD file instead')
    .option('--device <address>', 'the device that the MUD file is about')
    .option('--bindings <file>', 'what the words of the MUD file stand for, as YAML')
    .option('--at <device>', 'only what passes this device of the estate, by its interfaces')
    .option('--as <format>', 'nftables, iptables, ip6tables, cisco-ios, opnsense')
    .option('--interface <name...>', 'the interfaces that rules are for; those of --at where not said')
    .option('--with <file>', 'a change laid over the estate')
    .option('--against <dir>', 'the estate whose zone policy the rules must keep')
    .option('--out <file>', 'write the rules there')
    .option('--format <format>', 'table, json', 'table')
    .addHelpText('after', generateHelp)
    .action((dir: string | undefined, call: GenerateCall) =>
      run(async () => (await import('./commands/generate-rules.ts')).runGenerate(dir, call))(),
    );
}
