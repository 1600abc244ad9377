import type { Expression, RuleVerdict, SetElement } from '../ruleset.ts';
import type { Cursor } from './nft-tokens.ts';
import { fault } from '../syntax-fault.ts';

/** The values of `define`. */
export type Definitions = Map<string, Expression>;

/** Reads expressions of the nftables language. */
export class ExpressionReader {
  readonly #cursor: Cursor;
  readonly #definitions: Definitions;
  #depth = 0;

  constructor(cursor: Cursor, definitions: Definitions) {
    this.#cursor = cursor;
    this.#definitions = definitions;
  }

  /** What a field is compared with: a set, a value, flags. */
  value(): Expression {
    const first = this.element();
    const bar = this.#cursor.is('|') ? '|' : this.#cursor.is(',') ? ',' : undefined;
    if (bar === undefined) return first;
    const parts = [first];
    while (this.#cursor.accept(bar) !== undefined) parts.push(this.element());
    return { kind: 'list', parts: parts.flatMap(partsOf), isOr: bar === '|' };
  }

  /** A value, or several with dots between; in a set, without commas. */
  element(): Expression {
    const first = this.#single();
    if (!this.#cursor.is('.')) return first;
    const parts = [first];
    while (this.#cursor.accept('.') !== undefined) parts.push(this.#single());
    return { kind: 'concat', parts };
  }

  set(): Expression {
    this.#depth += 1;
    if (this.#depth > 16) this.#cursor.wrong('no deeper set');
    this.#cursor.expect('{');
    const elements: SetElement[] = [];
    this.#cursor.skipEnds();
    while (!this.#cursor.is('}')) {
      for (const each of this.#element()) elements.push(each);
      this.#cursor.skipEnds();
      if (this.#cursor.accept(',') === undefined && !this.#cursor.is('}')) this.#cursor.wrong("',' or '}'");
      this.#cursor.skipEnds();
    }
    this.#cursor.expect('}');
    this.#depth -= 1;
    return { kind: 'set', elements };
  }

  verdict(): RuleVerdict | undefined {
    const kind = this.#cursor.peek().text;
    switch (this.#cursor.peek().kind === 'word' ? kind : '') {
      case 'accept':
      case 'drop':
      case 'return':
      case 'continue':
        this.#cursor.take();
        // The case says which.
        return { kind: kind as 'accept' };
      case 'jump':
      case 'goto':
        this.#cursor.take();
        return { kind: kind as 'jump', chain: this.#cursor.word('a chain') };
      default:
        return undefined;
    }
  }

  #element(): readonly SetElement[] {
    let key = this.element();
    if (this.#cursor.is('|')) {
      const parts = [key];
      while (this.#cursor.accept('|') !== undefined) parts.push(this.element());
      key = { kind: 'list', parts, isOr: true };
    }
    const isVarying = this.#options();
    const more = isVarying ? { isVarying } : {};
    if (this.#cursor.accept(':') === undefined) {
      // A variable may hold a whole set.
      return key.kind === 'set' ? key.elements : [{ key, ...more }];
    }
    const value = this.verdict() ?? this.element();
    return [{ key, value, ...(this.#options() ? { isVarying: true } : more) }];
  }

  /** What may stand behind an element. Returns whether it makes the element come and go, or match sometimes only. */
  #options(): boolean {
    let isVarying = false;
    for (;;) {
      const word = this.#cursor.accept(
        'comment',
        'counter',
        'timeout',
        'expires',
        'limit',
        'quota',
        'last',
        'ct',
      );
      if (word === undefined) return isVarying;
      if (word === 'comment') this.#cursor.word('a comment');
      else {
        if (word !== 'counter') isVarying = true;
        while (
          !this.#cursor.isEnd() &&
          !this.#cursor.is(',', ':', 'comment', 'timeout', 'expires', 'counter')
        )
          this.#cursor.take();
      }
    }
  }

  #single(): Expression {
    if (this.#cursor.is('{')) return this.set();
    const { kind, text } = this.#cursor.peek();
    if (kind === 'word' && text.startsWith('$')) return this.#variable(text.slice(1));
    if (kind === 'word' && text.startsWith('@')) {
      this.#cursor.take();
      return { kind: 'named', name: text.slice(1) };
    }
    if (this.#cursor.accept('(') !== undefined) {
      const inner = this.value();
      this.#cursor.expect(')');
      return inner;
    }
    const low = this.#atom();
    if (this.#cursor.accept('-') !== undefined) return { kind: 'range', low, high: this.#atom() };
    if (this.#cursor.is('/') && /^\d{1,3}$/.test(this.#cursor.peek(1).text)) {
      this.#cursor.take();
      return { kind: 'prefix', address: low, length: Number(this.#cursor.take().text) };
    }
    return { kind: 'value', text: low };
  }

  #variable(name: string): Expression {
    const value = this.#definitions.get(name);
    const at = this.#cursor.at();
    this.#cursor.take();
    if (value === undefined)
      fault(at, `'$${name}' is not defined before this`, undefined, 'reference-unknown');
    if (this.#cursor.is('-', '/'))
      fault(at, 'a variable as a part of a range or prefix is not read', 'write the values out');
    return value;
  }

  #atom(): string {
    if (this.#cursor.accept('*') !== undefined) return '*';
    if (this.#cursor.accept('[') !== undefined) {
      const address = this.#cursor.word('an address');
      this.#cursor.expect(']');
      return address;
    }
    return this.#cursor.word('a value');
  }
}

const partsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === 'list' ? expression.parts : [expression];
