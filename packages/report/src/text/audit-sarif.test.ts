import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingKinds } from '@holdfast/audit';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { branchDocument, hostileNames, renamed } from '../../fixtures/documents.ts';
import { auditSarif } from './audit-sarif.ts';

/** The schema of SARIF 2.1.0 by OASIS, as the schema store has it; its draft 4 says nothing that draft 7 understands otherwise. */
const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'sarif-2.1.0.json'), 'utf8'),
) as Readonly<Record<string, unknown>>;
const validate = new Ajv({
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
  allErrors: true,
}).compile(schema);

const document = branchDocument();
const read = (text: string): Log => JSON.parse(text) as Log;
const log = read(auditSarif(document));
const [run] = log.runs;
const results = run?.results ?? [];
const rules = run?.tool.driver.rules ?? [];

describe('SARIF', () => {
  it('is valid by the schema, whatever things are called', () => {
    for (const each of [document, renamed(document, hostileNames), { ...document, findings: [] }]) {
      validate(read(auditSarif(each)));
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(validate({ ...log, version: '2.0.0' })).toBe(false);
  });

  it('has every finding, under its rule, with its fingerprint and its place', () => {
    expect(results.map(({ message }) => message.text)).toEqual(
      document.findings.map(({ message }) => message),
    );
    for (const [index, result] of results.entries()) {
      const finding = document.findings[index];
      expect(rules[result.ruleIndex ?? -1]?.id).toBe(finding?.id);
      expect(result.partialFingerprints).toEqual({ 'holdfast/v1': finding?.fingerprint });
      const location = result.locations?.[0];
      expect(location?.logicalLocations?.map(({ fullyQualifiedName }) => fullyQualifiedName)).toEqual(
        finding?.places.map((place) => `${finding.site}/${place}`),
      );
      expect(location?.physicalLocation?.region?.startLine).toBe(finding?.at?.line);
    }
  });

  it('tells what fails from what is open, with level none as the standard wants it', () => {
    for (const [index, { kind, level }] of results.entries()) {
      const fails = document.findings[index]?.verdict === 'fails';
      expect(kind).toBe(fails ? 'fail' : 'open');
      expect(level === 'none').toBe(!fails);
    }
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['fail', 'open']));
  });

  it('links each rule to its controls', () => {
    for (const rule of rules) {
      const { controls, remedy } = findingKinds[rule.id as keyof typeof findingKinds];
      expect(rule.help?.text).toContain(remedy);
      for (const { target } of rule.relationships ?? []) {
        const taxonomy = run?.taxonomies?.[target.toolComponent?.index ?? -1];
        expect(taxonomy?.name).toBe(target.toolComponent?.name);
        expect(taxonomy?.taxa?.[target.index ?? -1]?.id).toBe(target.id);
      }
      expect(rule.relationships).toHaveLength(Object.values(controls).flat().length);
    }
  });

  it('writes a file as a relative reference', () => {
    const [finding] = document.findings;
    if (!finding) throw new Error('no finding');
    const odd = {
      ...document,
      findings: [{ ...finding, at: { file: 'my estate/a#b?c:d.yaml', line: 1, column: 1 } }],
    };
    expect(
      read(auditSarif(odd)).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    ).toBe('my%20estate/a%23b%3Fc%3Ad.yaml');
  });
});
