import type { Position } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Action, Chain, Clause, Rule, Step, Translation } from '../model/firewall.ts';
import { surely, rulesFor, type Doubtful, type Origin } from './doubtful.ts';

/** The chains of a firewall while they are made. Translations that are alike are one, so that sets of packets stay small. */
export class Chains {
  readonly reading: Reading;
  readonly all = new Map<string, Chain>();
  readonly #translations = new Map<string, Action>();

  constructor(reading: Reading) {
    this.reading = reading;
  }

  origin(id: string, line: ConfigLine, text = line.text): Origin {
    return { id, at: this.reading.at(line), text };
  }

  /** A rule that is for these packets for certain. */
  rule(id: string, line: ConfigLine, clause: Clause, action: Action, text?: string): readonly Rule[] {
    return rulesFor(this.origin(id, line, text), surely(clause), action);
  }

  rules(origin: Origin, condition: Doubtful, action: Action): readonly Rule[] {
    return rulesFor(origin, condition, action);
  }

  translate(to: Translation): Action {
    const key = [
      to.kind,
      to.address?.low,
      to.address?.high,
      to.port?.low,
      to.port?.high,
      to.toInterface,
      to.netmap,
    ].join(' ');
    const known = this.#translations.get(key);
    if (known !== undefined) return known;
    const made: Action = { kind: 'translate', to };
    this.#translations.set(key, made);
    return made;
  }

  /** Adds a chain that others go to. */
  add(id: string, rules: readonly Rule[], at: Position, text: string): void {
    this.all.set(id, { id, rules, source: { id, at, text } });
  }

  /** A step of these rules; none where there are no rules. */
  step(id: string, rules: readonly Rule[], kind: Step['kind'], policy: 'accept' | 'drop'): readonly Step[] {
    if (rules.length === 0) return [];
    const at = { file: this.reading.file, line: 1, column: 1 };
    this.all.set(id, { id, rules, policy, source: { id, at, text: `what no rule of ${id} decides` } });
    return [{ kind, chain: id }];
  }
}
