import type { Position } from '@holdfast/kernel';
import { answerColumns, type AnswerColumn, type AnswerRow } from './answer-row.ts';

const heading = /^#{1,6}\s+.*?\b(Q-\S+)\s*$/;
const field = /^\s*[-*]\s+\**([A-Za-z]+)\**:\**\s?(.*)$/;

interface Block {
  readonly id: string;
  readonly line: number;
  readonly cells: Partial<Record<AnswerColumn, string>>;
  readonly lines: Partial<Record<AnswerColumn, Position>>;
}

/** The answers of a filled Markdown questionnaire: under each heading that ends in an id, the lines `- Answer: ...` and the like. */
export function markdownAnswers(file: string, text: string): readonly AnswerRow[] {
  const blocks: Block[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const id = heading.exec(line)?.[1];
    const block = blocks.at(-1);
    if (id !== undefined) blocks.push({ id, line: index + 1, cells: { id }, lines: {} });
    else if (block) read(block, file, index + 1, line);
  }
  return blocks.map(({ cells, lines, line }) => ({
    cells,
    at: (column) => lines[column] ?? { file, line, column: 1 },
  }));
}

function read(block: Block, file: string, line: number, text: string): void {
  const found = field.exec(text);
  const key = answerColumns.find(({ head }) => head.toLowerCase() === found?.[1]?.toLowerCase())?.key;
  if (!found || key === undefined || key === 'id') return;
  block.cells[key] = unescaped(found[2]?.trim() ?? '');
  block.lines[key] = { file, line, column: text.indexOf(':') + 2 };
}

/** What we or an editor escaped reads as it was meant. */
const unescaped = (text: string): string => text.replaceAll(/\\([\\`*_{}[\]<>|#~&])/g, '$1');
