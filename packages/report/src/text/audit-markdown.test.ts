import { describe, expect, it } from 'vitest';
import { branchDocument, hostileNames, renamed } from '../../fixtures/documents.ts';
import { auditMarkdown } from './audit-markdown.ts';
import { md, mdCode } from './markdown-text.ts';

const document = branchDocument();
const text = auditMarkdown(document);

describe('Markdown', () => {
  it('begins with the answer, and has every finding, scenario and question', () => {
    expect(text).toMatch(/^# Moosbach branch\n\n\*\*No cloud at all for 4 hours: /u);
    for (const { fingerprint } of document.findings)
      expect(text).toContain(`\`${fingerprint.slice(7, 19)}\``);
    for (const { name } of document.scenarios) expect(text).toContain(`| ${md(name)} |`);
    for (const { what } of document.questions) expect(text).toContain(md(what));
  });

  it('has tables whose rows have as many cells as their head', () => {
    const cells = (line: string): number => line.replaceAll(String.raw`\|`, '').split('|').length;
    for (const each of [text, auditMarkdown(renamed(document, hostileNames))]) {
      const tables = each.split('\n\n').filter((block) => block.startsWith('|'));
      expect(tables.length).toBeGreaterThan(2);
      for (const table of tables) expect(new Set(table.split('\n').map(cells)).size).toBe(1);
    }
  });

  it('shows names as they are: no markup, no link, no HTML of theirs', () => {
    expect(md('<b> **x** [y](z) | `c` #1 ~s~')).toBe(String.raw`\<b\> \*\*x\*\* \[y\](z) \| \`c\` \#1 \~s\~`);
    expect(mdCode('a`b')).toBe('`` a`b ``');
    expect(auditMarkdown(renamed(document, hostileNames))).not.toMatch(/(?<!\\)<(?!br>)/u);
  });
});
