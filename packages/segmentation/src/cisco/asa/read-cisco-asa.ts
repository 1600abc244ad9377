import { compareProblems, fail, ok, problem, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigFile, Firewall } from '../../model/firewall.ts';
import { Draft } from '../draft.ts';
import { configText } from '../text/config-lines.ts';
import { Reading } from '../text/reading.ts';
import { AsaConfig } from './asa-config.ts';
import { asaFilterSteps } from './filter-steps.ts';
import { modelledAsa } from './interfaces.ts';
import { translationRules } from './translation-rules.ts';
import { asaTranslationSteps } from './translation-steps.ts';

/**
 * Reads the configuration of a Cisco ASA from release 8.3 on, as `show running-config` prints it.
 *
 * Interfaces go by their `nameif`. Destinations are translated first and sources last, so that access lists see real
 * addresses. Packets of connections that stand pass. What is for the appliance itself is not modelled.
 * Rule ids are `list/line`, `list/implicit-deny`, `interface/security-level`.
 * Codes: `value-invalid`, `reference-unknown`, `reference-kind`, `format-mismatch`.
 * @see https://manualsdump.com/en/manuals/cisco_systems-asa_5500-asa5515k9/121452/672 Configuring Access Rules
 */
export function readCiscoAsa({ name, text }: ConfigFile): Result<Firewall, readonly Problem[]> {
  const reading = new Reading(name);
  const { blocks } = configText(text, 'by-line');
  const isAsa = blocks.some(({ body }) => body.some(({ words }) => words[0]?.text === 'nameif'));
  if (!isAsa)
    return fail([
      problem('format-mismatch', 'this is no configuration of a Cisco ASA: no interface has a nameif', {
        hint: 'give what show running-config prints',
        at: { file: name, line: 1, column: 1 },
      }),
    ]);
  const config = new AsaConfig(reading, blocks);
  const draft = new Draft(reading, config.interfaces);
  const { prerouting, postrouting } = asaTranslationSteps(draft, translationRules(config));
  const forward = asaFilterSteps(draft, config);
  const why = problem('import-partial', 'what reaches the appliance itself is not modelled', {
    at: reading.at(config.start),
  });
  const input = draft.step('input/management', [
    draft.rule('input/management', config.start, [{}], { kind: 'unmodelled', why }),
  ]);
  if (reading.errors.length > 0) return fail(reading.errors.toSorted(compareProblems));
  const interfaces = config.interfaces.map((each) => modelledAsa(each, reading));
  return ok({
    format: 'cisco-asa',
    file: name,
    sha256: sha256(text),
    ...(config.hostname === undefined ? {} : { hostname: config.hostname }),
    interfaceNames: draft.interfaceNames,
    interfaces,
    ...draft.carriers(interfaces),
    chains: draft.chains,
    steps: { prerouting, input, forward, output: [], postrouting },
    routes: config.routes,
    problems: reading.notes.toSorted(compareProblems),
  });
}
